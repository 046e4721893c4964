namespace palimpsest { }
