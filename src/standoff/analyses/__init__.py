"""Questions asked of verdicts that are there already. Nothing is judged anew here."""
