"""The conflict as the analyst wrote it: frozen values and statements over options."""
