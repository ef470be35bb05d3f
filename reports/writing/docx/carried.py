"""A Word report carries its content, so that the portal reads it back exactly."""

import json

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from eds.content import ReportContent
from reports.reading.docx.own_report import NAMESPACE, part_of
from reports.writing.data.json_report import to_json

ID = "{5B0B0C0E-6C1F-4E0B-9A53-2E6D1F0A7C11}"  # of this kind of part; Word wants one
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    f'<ds:datastoreItem ds:itemID="{ID}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def carry(document: Document, content: ReportContent) -> None:
    """Puts the content into the document, which is complete otherwise."""
    package = document.part.package
    values = {key: value for key, value in json.loads(to_json(content)).items() if key != "results"}
    blob = part_of(json.dumps(values), document)
    part = Part(PackURI("/customXml/item2.xml"), "application/xml", blob, package)
    properties = Part(
        PackURI("/customXml/itemProps2.xml"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        PROPERTIES.encode(),
        package,
    )
    part.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
