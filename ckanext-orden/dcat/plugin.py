from ckan import plugins as p


class OrdenDcatPlugin(p.SingletonPlugin):
    pass
