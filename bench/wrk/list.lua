-- wrk script: lists a hundred; LIST is the address of another system's list
wrk.path = os.getenv("LIST") or "/api/v1/dossiers?limit=100"
