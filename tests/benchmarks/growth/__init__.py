"""From a thousand to a million attempts: what each page and each job reads and takes."""
