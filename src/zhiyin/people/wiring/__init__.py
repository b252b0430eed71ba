"""Where django-allauth, the session and the browser meet this house: adapters, middleware, marks in cookies."""
