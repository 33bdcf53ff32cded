"""How the learned parts come to be: networks and weights, out of annotated articles."""
