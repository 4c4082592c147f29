"""
What of the shipped packs could be spared, judged by hand: by code, the demands a finding names.

A pack that asks something new is judged anew: read the finding, and either put it here, or make
the rule narrower. `certified:` are papers that somebody must certify first.
"""

JUDGED = {
    "1.000656": """
        field:deceased_birth_date field:deceased_ethnicity field:deceased_nationality
        field:last_home field:requester_home paper:death_notice paper:last_residence
        certified:court_decision
    """,
    "1.000828": """
        field:lives_in_vietnam field:residence
    """,
    "1.000894": """
        field:groom_ethnicity field:groom_nationality field:groom_home field:groom_status
        field:bride_ethnicity field:bride_nationality field:bride_home field:bride_status
        field:divorce_recorded paper:identity paper:residence
    """,
    "1.001022": """
        field:all_alive field:birth_registered field:parent_ethnicity field:parent_home
        field:child_birth_date field:child_home field:witnesses.witness_home
        field:requester_home paper:residence field:parent.birth_date field:parent.sex
        field:birth_entry field:witnesses.witness.birth_date
    """,
    "1.001193": """
        field:mother_ethnicity field:mother_nationality field:mother_home
        field:parents_married field:father_ethnicity field:father_nationality
        field:father_home field:requester_home paper:residence
    """,
    "1.001570": """
        field:announced_until field:business_name paper:owner_identity
    """,
    "1.001612": """
        field:owner_home
    """,
    "1.001662": """
        field:registrant_enterprise.name
    """,
    "1.001777": """
        paper:land_right field:school.name field:head.birth_date field:head.sex
    """,
    "1.001939": """
        paper:birth_certificate field:insurance_number
    """,
    "1.002755": """
        field:end_date field:own_dwelling
    """,
    "1.003197": """
        paper:nationality paper:dwelling field:relation_to_head paper:death_extract
    """,
    "1.003650": """
        field:owners.owner_home field:receipt_date field:receipt_office
        field:owners.owner.birth_date field:owners.owner.sex
        field:owners.owner_enterprise.name field:receipt_number certified:customs
        certified:transfer
    """,
    "1.004222": """
        paper:dwelling field:old_home paper:relation field:guardian.birth_date
        field:guardian.sex
    """,
    "1.004859": """
        field:nationality field:subject_home field:entry_place field:requester_home
        paper:residence field:entry_number field:entry_date
    """,
    "1.004873": """
        field:ethnicity field:nationality field:home field:status field:agent.birth_date
        field:agent.sex
    """,
    "1.004884": """
        field:register_kept field:alive field:ethnicity field:birth_place field:home_town
        field:mother_born field:father_born field:requester_home paper:residence
        field:mother_name field:father_name
    """,
    "1.007277": """
        paper:lawful_origin paper:owing_proof field:tie field:home paper:family_proof
    """,
    "1.008498": """
        field:residence paper:dependant_proof field:payer.name
    """,
    "1.011607": """
        field:ethnicity
    """,
    "1.012549": """
        paper:legal_papers field:filer_role field:child_home paper:representative
    """,
    "1.013225": """
        field:sheet_parcel field:land_area field:land_in_database paper:land_paper
        field:builder_firm.name certified:design_review
    """,
    "1.013831": """
        field:has_certificate field:mortgaged field:recipients.recipient_home
        field:tax_relation field:certificate_serial field:plots.sheet field:plots.parcel
        field:plots.plot_area field:givers.death_date
        field:recipients.recipient.birth_date field:recipients.recipient.sex
    """,
    "1.013978": """
        paper:confirmation_notice field:has_certificate paper:measured_map
        paper:financial_papers field:plots.sheet field:plots.parcel
    """,
    "1.014061": """
        paper:legal_papers field:had_card field:home
    """,
    "2.000635": """
        field:requester_home
    """,
    "2.000639": """
        paper:insured_list
    """,
    "2.000693": """
        paper:birth_paper paper:medical_paper field:insured.birth_date field:insured.sex
        field:insurance_number field:employer.name
    """,
    "2.000815": "",
    "2.000821": """
        field:deceased_status field:book_closed field:death_date
        field:relatives.survivor_relation paper:death_extract paper:insurance_book
        field:deceased.birth_date field:deceased.sex field:insurance_number
        field:employer.name
    """,
    "2.001199": """
        paper:personal_papers field:household_name field:representatives.rep_address
        paper:organisation_papers paper:household_certificate field:filer_firm.name
        field:representatives.rep_person.birth_date field:representatives.rep_person.sex
    """,
    "2.001827": """
        field:owner_enterprise.name
    """,
    "2.002288": """
        field:transport_unit.name
    """,
    "2.002469": """
        field:maker.name certified:test_results certified:design
    """,
    "3.000347": """
        field:driver_home paper:correct_data
    """,
}
