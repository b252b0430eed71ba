from tests.trust.test_every_address import *
def test_explore(world):
    with open("/tmp/found.txt","w") as f:
        for name, places in routes():
            where = address(world, name, places)
            f.write(f'    "{name}": ({", ".join(chr(34)+"".join(visit(world, who, m, where) for who in PEOPLE)+chr(34) for m in METHODS)}),\n'); f.flush()
def test_debug(world):
    for name, who, m in (("desk:today","researcher","get"),("desk:conversation","owner","get"),("desk:conversation_write","owner","post"),("desk:conversation_assign","owner","post"),("desk:clock_end","administrator","post")):
        places=dict(routes())[name]
        b=world.browsers[who]; b.raise_request_exception=True
        try:
            with transaction.atomic():
                print(name, getattr(b,m)(address(world,name,places)).status_code); raise Undone
        except Undone: pass
        except Exception as e:
            import traceback; print(name, traceback.format_exc()[-700:])
