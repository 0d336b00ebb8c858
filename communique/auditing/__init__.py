"""`communique audit`: is any document neither finished nor on its way?"""
