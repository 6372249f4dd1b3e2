"""How members of staff sign in: password and second factor, or a passkey; how long that holds; what is counted and
refused. django-allauth holds the forms and the cryptography, this package what the desk asks of them."""
