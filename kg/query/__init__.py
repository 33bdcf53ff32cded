"""Ask the graph: named questions with parameters, or SPARQL."""

from kg.query.answers import FORMATS, Answer, format_answer
from kg.query.asking import ask
from kg.query.questions import Parameter, Question, load_questions

__all__ = ["FORMATS", "Answer", "Parameter", "Question", "ask", "format_answer", "load_questions"]
