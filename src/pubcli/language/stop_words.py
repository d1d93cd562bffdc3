"""The words of a question that say nothing about its subject, so that no paper needs to contain them."""

_FUNCTION_WORDS = """
    a about after all also am an and any anything are as at be because been before being between both but by can
    could did do does doing during each either else every for from had has have having he her here his how i if in
    into is it its just let like may me might more most much must my neither no nor not of off on one ones onto or
    other our out over own per she should since so some such than that the their them then there these they this
    those through to too toward towards under until up upon us very via was we were what when where whether which
    while who whom whose why will with within without would yet you your
"""
_FILLER = """
    article articles author authored authors concerning describe describes discuss discusses find give list look
    paper papers please published publication publications regarding related search show something somebody someone
    tell thing things topic topics written wrote
"""
"""Words with which people ask for papers: `papers by lowy about privacy`, `something on diffusion`."""

_EVERYDAY = """
    again ago already always anybody anyone ask asks back big come comes coming else even ever everybody everyone
    everything get gets getting go goes going good happen happens help helps instead keep keeps kind know knows lot
    lots make makes making many maybe need needs never next nobody nothing often ordinary past people put puts quite
    really same say says sort sure take takes taking think thinks today tomorrow try trying use used uses using want
    wants way ways work works yes yesterday
"""
"""Everyday words of questions. They are rare in abstracts, so bm25 would take them for the most telling words."""

STOP_WORDS = frozenset(f"{_FUNCTION_WORDS} {_FILLER} {_EVERYDAY}".split())
