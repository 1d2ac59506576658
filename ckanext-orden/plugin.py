"""The front door: what every orden site has, whatever rooms are on."""

from ckan import plugins as p


class OrdenPlugin(p.SingletonPlugin):
    pass
