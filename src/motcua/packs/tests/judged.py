"""
What of the shipped packs could be spared, judged by hand: by code, the demands a finding names.

A pack that asks something new is judged anew: read the finding, and either put it here, or make
the rule narrower. `certified:` are papers that somebody must certify first.
"""

JUDGED = {
    "1.001193": """
        field:mother_ethnicity field:mother_nationality field:mother_home
        field:parents_married field:father_ethnicity field:father_nationality
        field:father_home field:requester_home paper:residence
    """,
    "1.001612": """
        field:owner_home
    """,
    "1.004222": """
        paper:dwelling field:old_home paper:relation field:guardian.birth_date
        field:guardian.sex
    """,
    "1.004873": """
        field:ethnicity field:nationality field:home field:status paper:foreign_divorce
        field:agent.birth_date field:agent.sex
    """,
    "2.000635": """
        field:requester_home
    """,
}
