from tests.trust.test_every_address import *
def test_explore(world):
    with open("/tmp/found.txt","w") as f:
        for name, places in routes():
            where = address(world, name, places)
            f.write(f'    "{name}": ({", ".join(chr(34)+"".join(visit(world, who, m, where) for who in PEOPLE)+chr(34) for m in METHODS)}),\n'); f.flush()
