"""The forms of casework: labels above, what is wrong beside its field, every right asked again when one is sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from data import cases, casework, evidence
from data.access import Reader
from data.cases import CaseRefused, FieldRefused
from data.casework import (
    Case,
    Casework,
    Decision,
    Finding,
    FindingFollowUp,
    FollowUp,
    Noted,
    Proof,
    Waiver,
)
from data.errors import CakupanError
from data.home import JAKARTA, Home
from data.journal import Entry
from ui import cached, cards, case_words
from ui import reader as readers
from ui.cached import ServedEdition
from ui.texts import translator

SAID = "casework-said"
FIRST_DAY, LAST_DAY = date(2010, 1, 1), date(2050, 12, 31)
SHORT_AREA, LONG_AREA = 90, 120  # pixels


def show_forms(edition: ServedEdition, code: str, results: Mapping[int, str], language: str) -> None:
    """What this reader may record on a project: one button a form, and the form that was chosen.

    `results` are the results shown on this page by number of the payment, 0 for the position of the data.
    """
    _ = translator(language)
    forms: dict[str, tuple[str, Callable[[], None]]] = {
        "record_proof": (_("Bukti pendaftaran"), partial(proof_form, edition, code, language)),
        "decide": (_("Keputusan pembayaran"), partial(decision_form, edition, code, results, language)),
        "waive": (_("Pengecualian"), partial(waiver_form, edition, code, language)),
        "follow_up": (_("Tindak lanjut pendaftaran"), partial(follow_up_form, edition, code, language)),
        "find": (_("Temuan"), partial(finding_form, edition, code, language)),
        "answer_finding": (_("Tanggapan temuan"), partial(finding_answer_form, edition, code, language)),
        "withdraw": (_("Tarik entri"), partial(withdrawal_form, edition, code, language)),
    }
    who = readers.of_this_run()
    allowed = [act for act in forms if act == "withdraw" or who.may(act)]
    if "withdraw" in allowed and not _own(cached.casework(edition.key), code, who):
        allowed.remove("withdraw")
    if not allowed:
        return
    chosen = st.pills(_("Catat"), allowed, format_func=lambda act: forms[act][0], key=f"casework-{code}")
    if chosen in allowed:
        forms[chosen][1]()
    show_said()


def proof_form(edition: ServedEdition, code: str, language: str) -> None:
    """Certificate and receipt, with a scan."""
    _ = translator(language)
    former = _former(edition, "proof", code, language)
    with _form("proof", code, former, language) as fields:
        with _beside():
            fields.line("certificate_no")
            fields.line("receipt_no")
        with _beside():
            fields.day("registered_on")
            fields.day("paid_on")
        with _beside():
            fields.day("cover_from")
            fields.day("cover_to")
        scan = fields.scan()
        sent = st.form_submit_button(_("Catat bukti"), type="primary")
    if sent:
        kept = {name: getattr(former.content, name) for name in ("scan_sha256", "scan_kind")} if former else {}
        proof = Proof(kode_proyek=code, **kept, **fields.values)
        _send(edition, fields, proof, partial(casework.record_proof, scan=scan), former)


def decision_form(edition: ServedEdition, code: str, results: Mapping[int, str], language: str) -> None:
    """What the competent office decided on a payment, and the result it was shown."""
    _ = translator(language)
    former = _former(edition, "decision", code, language)
    payments = [former.content.payment] if former else sorted(results, key=lambda number: (number == 0, number))
    with _form("decision", code, former, language) as fields:
        fields.choice("payment", payments, lambda number: _payment(number, results, language), is_preselected=False)
        fields.choice("decision", casework.DECISIONS, lambda name: case_words.decision_name(name, language))
        fields.line("office", _("Jabatan, bukan nama orang: PA Dinas PUPR, Kuasa BUD."))
        fields.paragraph("reason")
        sent = st.form_submit_button(_("Catat keputusan"), type="primary")
    if sent:
        shown = results.get(fields.values["payment"], "belum_dapat_dinilai")
        decision = Decision(kode_proyek=code, result_shown=shown, edition=edition.number, **fields.values)
        _send(edition, fields, decision, casework.record_decision, former)


def waiver_form(edition: ServedEdition, code: str, language: str) -> None:
    """An exception until a day."""
    _ = translator(language)
    former = _former(edition, "exception", code, language)
    with _form("exception", code, former, language) as fields:
        fields.paragraph("reason")
        with _beside():
            fields.line("approver_office", _("Jabatan, bukan nama orang."))
            fields.day("expires_on")
        sent = st.form_submit_button(_("Catat pengecualian"), type="primary")
    if sent:
        until, position = fields.values["expires_on"], date.fromisoformat(edition.meta["as_of"])
        if until is not None and until < position:
            text = _("{label} {value} sudah lewat pada posisi data {position}; isi hari yang akan datang.")
            fields.tell(FieldRefused("expires_on", text, value=until, position=position))
            return
        _send(edition, fields, Waiver(kode_proyek=code, **fields.values), casework.record_waiver, former)


def follow_up_form(edition: ServedEdition, code: str, language: str) -> None:
    """Where the talk about the registration stands."""
    _ = translator(language)
    with _form("follow_up", code, None, language) as fields:
        with _beside():
            fields.choice(
                "state", casework.FOLLOW_UP_STATES, lambda name: case_words.follow_up_state_name(name, language)
            )
            fields.day("promised_on", _("Hanya untuk status berjanji."))
        fields.line("officer", _("Unit kerja atau akun, bukan nama orang."), default=readers.of_this_run().name)
        fields.paragraph("note", height=SHORT_AREA)
        sent = st.form_submit_button(_("Catat tindak lanjut"), type="primary")
    if sent:
        _send(edition, fields, FollowUp(kode_proyek=code, **fields.values), casework.record_follow_up, None)


def finding_form(edition: ServedEdition, code: str | None, language: str) -> None:
    """A finding on a project; without a code on an owner as a whole."""
    _ = translator(language)
    former = _former(edition, "finding", code, language)
    with _form("finding", code, former, language) as fields:
        if code is None:
            fields.choice("owner", casework.owners_seen(cached.opened(edition.key)), str, is_preselected=False)
        for name in ("kondisi", "kriteria", "sebab", "akibat", "rekomendasi"):
            fields.paragraph(name, height=SHORT_AREA)
        with _beside():
            fields.day("due")
            fields.choice("state", casework.FINDING_STATES, lambda name: case_words.finding_state_name(name, language))
        sent = st.form_submit_button(_("Catat temuan"), type="primary")
    if sent:
        # The owner of a project is the edition's; until it is looked up something has to stand there.
        finding = Finding(**({"kode_proyek": code, "owner": "–"} | fields.values))
        _send(edition, fields, finding, casework.record_finding, former)


def finding_answer_form(edition: ServedEdition, code: str | None, language: str) -> None:
    """What was done about a finding; the owner tells, the inspectorate judges."""
    _ = translator(language)
    work, who = cached.casework(edition.key), readers.of_this_run()
    findings = {found.number: found for found in (work.findings_of(code) if code else work.findings)}
    if not findings:
        cards.show_notice(_("Belum ada temuan di sini."))
        return
    states = [state for state in casework.FINDING_STATES if who.may("settle_finding") or state not in casework.SETTLED]
    with _form("finding_followup", code, None, language) as fields:
        fields.choice(
            "finding", list(findings), lambda number: _finding(findings[number], language), is_preselected=False
        )
        fields.paragraph("tindak_lanjut")
        fields.choice("state", states, lambda name: case_words.finding_state_name(name, language))
        sent = st.form_submit_button(_("Catat tanggapan"), type="primary")
    if sent:
        _send(edition, fields, FindingFollowUp(**fields.values), casework.record_finding_followup, None)


def withdrawal_form(edition: ServedEdition, code: str, language: str) -> None:
    """Take back an entry that should not be there; it stays in the history."""
    _ = translator(language)
    own = {noted.number: noted for noted in _own(cached.casework(edition.key), code, readers.of_this_run())}
    with _form("withdrawal", code, None, language) as fields:
        number = st.selectbox(
            _("Entri yang ditarik"), list(own), None, format_func=lambda number: _entry(own[number], language)
        )
        fields.paragraph("reason", height=SHORT_AREA)
        sent = st.form_submit_button(_("Tarik entri"), type="primary")
    if sent and number is None:
        fields.tell(CaseRefused(_("Entri yang ditarik belum dipilih, atau sudah berubah; pilih dari daftar.")))
    elif sent and number is not None:
        shown, reason = cached.opened(edition.key), fields.values["reason"]
        _try(fields, lambda home, who: casework.record_withdrawal(home, who, shown, number, reason))


class _Fields:
    """The fields of one form: what was entered, and below each a place for what is wrong with it."""

    def __init__(self, form: str, key: str, before: Case | None, language: str) -> None:
        self.form, self.key, self.before, self.language = form, key, before, language
        self.values: dict[str, Any] = {}
        self.slots: dict[str, Any] = {}

    def line(self, name: str, hint: str | None = None, default: str = "") -> None:
        with self._field(name):
            self.values[name] = st.text_input(
                self._label(name), self._before(name, default), cases.SHORT, key=self._key(name), help=hint
            )

    def paragraph(self, name: str, height: int = LONG_AREA) -> None:
        with self._field(name):
            self.values[name] = st.text_area(
                self._label(name), self._before(name, ""), height, cases.LONG, key=self._key(name)
            )

    def day(self, name: str, hint: str | None = None) -> None:
        with self._field(name):
            self.values[name] = st.date_input(
                self._label(name),
                self._before(name, None),
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                key=self._key(name),
                format="DD/MM/YYYY",
                help=hint,
            )

    def choice(
        self, name: str, options: Sequence[Any], word: Callable[[Any], str], *, is_preselected: bool = True
    ) -> None:
        """Without preselection where others may change the options: what is not among them any more when the form is
        sent counts as the preselected one, which nobody has chosen."""
        before = self._before(name, None)
        preselected = 0 if is_preselected and options else None
        index = options.index(before) if before in options else preselected
        with self._field(name):
            self.values[name] = st.selectbox(
                self._label(name), list(options), index, format_func=word, key=self._key(name)
            )

    def scan(self) -> bytes | None:
        """PDF, JPG or PNG; the browser is asked for no more than is kept."""
        _ = translator(self.language)
        most = evidence.MOST_BYTES // 10**6
        with self._field("scan_sha256"):
            file = st.file_uploader(
                self._label("scan_sha256"),
                ("pdf", "jpg", "jpeg", "png"),
                key=self._key("scan_sha256"),
                help=_("PDF, JPG atau PNG, paling besar {most} MB; disimpan tersandi.").format(most=most),
                max_upload_size=most,
            )
        return file.getvalue() if file else None

    def tell(self, refused: CakupanError) -> None:
        """Beside the field, or below the form where it is of none."""
        text = escape(case_words.refusal(refused, self.language))
        place = self.slots.get(refused.field) if isinstance(refused, FieldRefused) else None
        (place or st).html(f'<p class="ck-wrong" role="alert">▲ {text}</p>')

    def _label(self, name: str) -> str:
        return case_words.label(name, self.language)

    def _before(self, name: str, default: Any) -> Any:
        return getattr(self.before, name, default) if self.before is not None else default

    def _key(self, name: str) -> str:
        return f"{self.key}-{name}"

    @contextmanager
    def _field(self, name: str) -> Iterator[None]:
        """A field, and right below it the place for what is wrong with it."""
        with st.container():
            yield
            self.slots[name] = st.empty()


@contextmanager
def _form(kind: str, code: str | None, former: Noted | None, language: str) -> Iterator[_Fields]:
    """A form whose fields are empty again once it was sent well: each round has keys of its own."""
    form = f"case-{kind}-{code or 'semua'}"
    show_said(form)
    key = f"{form}-{former.number if former else 'baru'}-{st.session_state.get('casework-round', 0)}"
    with st.form(key, enter_to_submit=False, border=True):
        yield _Fields(form, key, former.content if former else None, language)


@contextmanager
def _beside() -> Iterator[None]:
    """Fields beside each other where there is room."""
    with st.container(horizontal=True):
        yield


def _send(
    edition: ServedEdition, fields: _Fields, case: Case, record: Callable[..., Entry], former: Noted | None
) -> None:
    wrong = cases.problems(cases.cleaned(case), datetime.now(JAKARTA).date())
    for refused in wrong:
        fields.tell(refused)
    if not wrong:
        replaces = former.number if former else None
        _try(fields, lambda home, who: record(home, who, cached.opened(edition.key), case, replaces=replaces))


def _try(fields: _Fields, record: Callable[[Home, Reader], Entry]) -> None:
    """Who sends is asked again: the page may have been open for hours."""
    _ = translator(fields.language)
    try:
        entry = record(Home.from_environment(), readers.current())
    except CakupanError as refused:
        if not (isinstance(refused, CaseRefused) and refused.is_recorded):
            fields.tell(refused)
            return
        said = case_words.refusal(refused, fields.language)
    else:
        said = _("Tercatat sebagai entri {number}.").format(number=entry.number)
    st.session_state[SAID] = fields.form, said
    st.session_state["casework-round"] = st.session_state.get("casework-round", 0) + 1
    st.rerun()


def show_said(key: str | None = None) -> None:
    """That the last form sent was recorded, once; with the key of a form, only above that one."""
    sent, said = st.session_state.get(SAID, (None, None))
    if sent is not None and key in (None, sent):
        del st.session_state[SAID]
        st.html(f'<div class="ck-notice" role="status">✓ {escape(said)}</div>')


def _former(edition: ServedEdition, kind: str, code: str | None, language: str) -> Noted | None:
    """The entry that is to be corrected; None for a new one. Above the form, whose fields it fills."""
    _ = translator(language)
    own = _own(cached.casework(edition.key), code, readers.of_this_run())
    known = {noted.number: noted for noted in own if noted.kind == kind}
    if not known:
        return None
    chosen = st.selectbox(
        _("Catat sebagai"),
        [None, *known],
        format_func=lambda number: (
            _("entri baru") if number is None else _("perbaikan {entry}").format(entry=_entry(known[number], language))
        ),
        key=f"casework-former-{kind}-{code}-{st.session_state.get('casework-round', 0)}",
    )
    return known.get(chosen) if chosen else None


def _own(work: Casework, code: str | None, who: Reader) -> list[Noted]:
    """Live entries that this reader may correct or take back; without a code those on owners as a whole."""
    if code is None:
        found = [noted for noted in work.live if noted.kind == "finding" and noted.content.kode_proyek is None]
    else:
        found = [noted for noted in work.of_project(code) if work.is_live(noted)]
    return [noted for noted in found if who.role in (noted.role, "admin") and who.may(casework.ACTS[noted.kind])]


def _entry(noted: Noted, language: str) -> str:
    text = case_words.content(noted.content, language)
    return f"{noted.number} · {text if len(text) <= 80 else text[:79] + '…'}"


def _finding(found: casework.FindingState, language: str) -> str:
    text = found.noted.content.kondisi
    short = text if len(text) <= 60 else text[:59] + "…"
    return f"{found.number} · {short} · {case_words.finding_state_name(found.state, language)}"


def _payment(number: int, results: Mapping[int, str], language: str) -> str:
    name = case_words.payment_name(number, language)
    return f"{name} · {case_words.result_name(results[number], language)}" if number in results else name
