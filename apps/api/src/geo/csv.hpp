// Comma-separated text, strictly by RFC 4180, with cells accessed by column name. Records end with LF or CRLF; a quoted
// cell may contain commas, quotes ("") and line ends.
#pragma once

#include "core/lat_lng.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

// "wilayas.csv:12: lat: not a number". The files ship with the program, so an invalid one is breakage.
struct BadData : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class CsvTable;

// One record; all readers throw BadData naming file, line and column.
class CsvRow {
public:
    std::string_view text(std::string_view column) const;      // may be empty
    std::string_view required(std::string_view column) const;  // not empty
    std::int64_t integer(std::string_view column, std::int64_t min, std::int64_t max) const;
    double number(std::string_view column, double min, double max) const;
    bool flag(std::string_view column) const;  // 0 or 1
    LatLng position() const;                   // columns lat and lng, WGS 84 degrees
    [[noreturn]] void refuse(std::string_view column, std::string_view why) const;

private:
    friend class CsvTable;
    CsvRow(const CsvTable& table, std::size_t index) : table_(&table), index_(index) {}
    const CsvTable* table_;
    std::size_t index_;
};

class CsvTable {
public:
    // The file name is used in messages only. Columns may come in any order; additional ones are ignored.
    static CsvTable parse(std::string file_name, std::string_view text,
                          std::initializer_list<std::string_view> wanted_columns);
    static CsvTable read(const std::filesystem::path& file, std::initializer_list<std::string_view> wanted_columns);

    std::size_t size() const { return lines_.size(); }  // number of records, without the header
    CsvRow row(std::size_t index) const { return {*this, index}; }
    const std::vector<std::string>& header() const { return header_; }

private:
    friend class CsvRow;
    std::string file_name_;
    std::vector<std::string> header_;
    std::vector<std::string> cells_;  // by row
    std::vector<std::size_t> lines_;  // the line where each record begins, from 1
};

}  // namespace safargo::geo
