"""A page of nothing but the forms and tables of casework, for tests of those."""

import streamlit as st

from ui import cached, casework_forms, casework_tables, reader
from ui.tables import Stamp

language = st.query_params.get("lang", "id")
reader.begin_run(reader.current())
edition = cached.served_edition(reader.of_this_run().grant)
assert edition is not None
code = "A-1"
stamp = Stamp("cakupan", {"Edisi": edition.number}, demo=edition.is_demo, facts={"edition": edition.number})
casework_forms.show_forms(edition, code, {1: "belum_memenuhi", 0: "belum_memenuhi"}, language)
casework_tables.show_history(edition, code, stamp, language)
casework_tables.show_findings(edition, stamp, language)
