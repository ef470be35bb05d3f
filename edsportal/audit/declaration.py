"""How a model declares what the audit log keeps of its rows, and whether rows may ever change.

    class Approval(models.Model):
        …
        audit = Audit(area="reports", frozen=UPDATE)

Every model of the portal has such an attribute; those of libraries are declared in libraries.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

UPDATE = ("UPDATE",)  # rows never change; they may go with what they belong to
RECORD = ("UPDATE", "DELETE")  # rows are there for good


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What the audit log keeps of a table.

    area           the part of the log's page that lists it
    not_logged     why the log leaves the table out; "" where it logs it
    relations_not_logged   the same for tables of many-to-many fields, by the field's name
    label          the field that names a row
    hidden         fields whose change is logged without what they held: judgements have one door
                   (`Score.objects.visible_to`), and what tells who a person is must go when their account is erased
    skipped        fields that the log leaves out, because they change with each sign-in, or belong to a row that is
                   frozen or soon will be
    frozen         what the database refuses to do with rows: UPDATE, RECORD or ()
    fixed          fields that the database lets nobody change once they are set
    first_set      by the name of a fixed field, the SQL condition under which an empty one may be set: it may name NEW
                   and {by}, the number of the person who acts
    kept_while     the SQL condition, on OLD, under which the database refuses to delete a row
    emptied        by the name of a field of a frozen row, the SQL condition under which NEW holds nothing of it: the
                   database lets an update do that, and nothing else, where `emptied_when` holds
    emptied_when   the SQL condition, on OLD. The model says in `hash_of_emptied(name)` by which hash the chain has it
    chained        fields that the chain covers, of a table whose rows are in it beside the entries about them
    is_judgement   nobody reads such entries before the panel's meeting
    is_named       a key of such a row is shown as the row's `str()`, which needs the relations in `named_with`
    noun           what a row is called, if not the model's verbose name
    """

    area: str = ""
    not_logged: str = ""
    relations_not_logged: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    hidden: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    first_set: Mapping[str, str] = field(default_factory=dict)
    kept_while: str = ""
    emptied: Mapping[str, str] = field(default_factory=dict)
    emptied_when: str = ""
    chained: tuple[str, ...] = ()
    is_judgement: bool = False
    is_named: bool = False
    named_with: tuple[str, ...] = ()
    noun: str = ""
