"""Scrapy's own feeds (`scrapy crawl … -O FILE`), with the same care for texts of strangers as our exports."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from itemadapter import ItemAdapter
from scrapy.exporters import BaseItemExporter, CsvItemExporter, JsonItemExporter, JsonLinesItemExporter
from scrapy.utils.serialize import ScrapyJSONEncoder

from extractors import Article
from spiders.exports.cells import cell
from spiders.exports.rows import one_line, scrubbed
from spiders.surfaces.values import storable


class _Safe(BaseItemExporter):
    """Gives exporters values that JSON and UTF-8 can hold, and no secret in the addresses of a page."""

    def get_serialized_fields(
        self, item: Any, default_value: Any = None, include_empty: bool | None = None
    ) -> Iterable[tuple[str, Any]]:
        """Return the fields as `rows` has them."""
        fields = dict(super().get_serialized_fields(item, default_value, include_empty))
        return scrubbed(storable(fields)).items()


class _Encoder(ScrapyJSONEncoder):
    def encode(self, o: Any) -> str:
        return one_line(super().encode(o))


class JsonLinesFeed(_Safe, JsonLinesItemExporter):
    """An item a line."""

    def __init__(self, file: BytesIO, **options: Any) -> None:
        super().__init__(file, **options)
        self.encoder = _Encoder(**self._kwargs)


class JsonFeed(_Safe, JsonItemExporter):
    """All items in one list."""


class CsvFeed(_Safe, CsvItemExporter):
    """An item a row, its cells as `exports.cells` writes them; of an article every field but the blocks."""

    def __init__(self, file: BytesIO, **options: Any) -> None:
        super().__init__(file, **options)
        if file.seekable() and file.tell():  # rows are added (`-o`), to a file that has its header
            self.include_headers_line = False

    def export_item(self, item: Any) -> None:
        """Write one item."""
        if isinstance(item, Article) and not self.fields_to_export:
            self.fields_to_export = [name for name in ItemAdapter(item).field_names() if name != "blocks"]
        super().export_item(item)

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return a value as JSON has it: Scrapy's exporter would join lists."""
        return field.get("serializer", lambda plain: plain)(value)

    def _build_row(self, values: Iterable[Any]) -> Iterable[Any]:
        return (cell(value) for value in values)
