"""Clients for tests that ask thousands of times: they share one handler, for each would load all middleware anew."""

from http.cookies import SimpleCookie

from django.test import Client
from django.test.client import ClientHandler

HANDLER = ClientHandler(enforce_csrf_checks=False)


def cookies_of(person) -> SimpleCookie:
    """The cookies of a visitor who signed in as this person; of None, who is the public."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client.cookies


def client_with(cookies: SimpleCookie) -> Client:
    client = Client()
    client.handler = HANDLER
    client.cookies.update(cookies)
    return client
