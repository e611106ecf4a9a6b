// For any bytes the parser returns a table whose records are as wide as its header, or throws BadData; the table,
// written again with every cell quoted, parses to the same values.
// Aimed at: geo/csv.cpp
#include "geo/csv.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using safargo::geo::BadData;
using safargo::geo::CsvTable;

void require(bool holds) {
    if (!holds) std::abort();
}

void append_quoted(std::string& out, std::string_view cell) {
    out.push_back('"');
    for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
    out.push_back('"');
}

void append_record(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out.push_back(',');
        append_quoted(out, cells[i]);
    }
    out.append("\r\n");
}

std::vector<std::string> cells_of(const CsvTable& table, std::size_t row) {
    std::vector<std::string> cells;
    for (const std::string& column : table.header()) cells.emplace_back(table.row(row).text(column));
    return cells;
}

std::string written(const CsvTable& table) {
    std::string out;
    append_record(out, table.header());
    for (std::size_t row = 0; row < table.size(); ++row) append_record(out, cells_of(table, row));
    return out;
}

template <class Read>
void try_read(Read read) {
    try {
        read();
    } catch (const BadData&) {
    }
}

// Reads cells as typed values: within bounds, or BadData.
void read_values(const CsvTable& table, std::size_t index) {
    const auto row = table.row(index);
    for (const std::string& column : table.header()) {
        try_read([&] { require(!row.required(column).empty()); });
        try_read([&] { require(row.integer(column, -90, 90) <= 90); });
        try_read([&] { static_cast<void>(row.flag(column)); });
    }
    try_read([&] {
        const safargo::LatLng at = row.position();
        require(safargo::LatLng::from(at.lat, at.lng).has_value());
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto table = CsvTable::parse("fuzz.csv", {reinterpret_cast<const char*>(data), size}, {});
        const auto again = CsvTable::parse("again.csv", written(table), {});
        require(written(again) == written(table));
        for (std::size_t row = 0; row < table.size(); ++row) read_values(table, row);
    } catch (const BadData&) {
    }
    return 0;
}
