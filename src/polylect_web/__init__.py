"""The site: a Django project on top of the library. Nobody imports it; it is run by `polylect up`."""
