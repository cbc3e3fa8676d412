"""What neighbours settle once each line is judged: cards, sections, rows, comments, the story's two ends."""
