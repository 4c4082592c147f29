"""The portal's own addresses."""

from django.urls import URLPattern, URLResolver, path

from motcua.portal.web import (
    design,
    everything,
    giving_power,
    home,
    machines,
    open_letters,
    pages,
    showing_power,
    undone,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("su-kien/", home.life_events, name="life-events"),
    path("tro-giup/", pages.help_page, name="help"),
    path("tro-nang/", pages.accessibility, name="accessibility"),
    path("quyen-rieng-tu/", pages.privacy, name="privacy"),
    path("du-lieu-cua-toi/tai-ve/", everything.everything, name="everything"),
    path("du-lieu-cua-toi/tai-ve/tep.zip/", everything.archive, name="archive"),
    path("uy-quyen/trao/", giving_power.give, name="give-power"),
    path("uy-quyen/<uuid:authority>/giay-to/", showing_power.show, name="show-power"),
    path("uy-quyen/<uuid:authority>/giay-to/tep/", showing_power.paper, name="power-paper"),
    path("quan-tri/uy-quyen/", open_letters.listed, name="open-letters"),
    path("quan-tri/uy-quyen/<uuid:authority>/", open_letters.one, name="open-letter"),
    path("quan-tri/viec/", undone.listed, name="jobs"),
    path("quan-tri/viec/thu-lai/", undone.retry_of_task, name="jobs-retry"),
    path("quan-tri/viec/<int:job>/", undone.shown, name="job"),
    path("quan-tri/viec/<int:job>/thu-lai/", undone.retry, name="job-retry"),
    path("quan-tri/viec/<int:job>/bo/", undone.give_up, name="job-give-up"),
    path("design/", design.citizens, name="design"),
    path("design/ban-lam-viec/", design.desk, name="design-desk"),
    path("favicon.ico", machines.favicon),
    path("site.webmanifest", machines.manifest, name="manifest"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.site_map, name="site-map"),
    path("sitemap-trang.xml", machines.site_map_of_pages, name="site-map-pages"),
    path("sitemap-thu-tuc.xml", machines.site_map_of_procedures, name="site-map-procedures"),
]
