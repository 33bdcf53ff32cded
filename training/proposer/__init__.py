"""Trains the learned proposer: a small encoder that finds triggers, roles, statuses, speakers and times."""
