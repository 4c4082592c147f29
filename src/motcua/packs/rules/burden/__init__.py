"""
What a procedure costs those who file it: the standard cost model (Circular 02/2017/TT-VPCP).

Task = hours × income of an hour + travel + services; a filing = its tasks + its fees; a year = a
filing × times a year × subjects; the saving = before − after. Opportunity cost is left out.
"""
