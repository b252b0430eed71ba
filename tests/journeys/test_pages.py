def test_smoke(windows):
    import json
    c = windows.product.seed("cases")
    json.dump(c, open('/tmp/j_cases.json','w'))
    d = windows.desk("lin")
    from tests.journeys.people import shot
    shot(d.page, "today")
    for n, s in enumerate(c["numbers"].values()):
        d.open(s); shot(d.page, f"case{n}")
    d.page.goto("/inbox/"); shot(d.page,"inbox")
    d.page.goto("/inbox/%d/"%c["conversation"]); shot(d.page,"thread")
    d.page.goto("/cases/board/"); shot(d.page,"board")
    d.page.goto("/cases/"); shot(d.page,"cases")
    d.page.goto("/cases/new/"); shot(d.page,"intake")
    d.page.goto("/customers/%d/"%c["customer"]); shot(d.page,"customer")
    p = windows.portal(); p.goto("/portal/"); shot(p,"portal")
