"""Count and compare papers, people and topics, and find out how they change over time."""
