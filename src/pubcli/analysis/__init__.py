"""What the selected papers and people say together: counts, collaborations, networks, topics, and how they change."""
