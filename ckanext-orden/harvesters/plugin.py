from ckan import plugins as p


class OrdenHarvestPlugin(p.SingletonPlugin):
    pass
