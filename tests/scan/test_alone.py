"""Reading pages needs no Django, no database and no network."""

from tests.test_architecture import loaded_after


def test_scanning_loads_no_django():
    code = (
        "from webapp.scan import put, read, scan\n"
        "from webapp.scan.report import FORMATS, results_of\n"
        "from webapp.scan.sources import Loaded\n"
        "[write(list(results_of([Loaded('a', b'<img>')])), 'error') for write in FORMATS.values()]"
    )
    loaded = loaded_after(code)
    assert "turbohtml" in loaded
    assert not loaded & {"django", "celery", "kombu", "torch", "PIL", "numpy", "requests", "httpx"}
