from ckan import plugins as p


class OrdenSchemaPlugin(p.SingletonPlugin):
    pass
