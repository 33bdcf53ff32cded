"""The learned proposer: a small encoder that reads the whole article and finds triggers and what fills their roles."""
