// Comma-separated text, strictly as RFC 4180 has it, with the header's names as the way to a cell.
// Records end with LF or CRLF; a cell may be quoted and then hold commas, quotes ("") and line ends.
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

// "wilayas.csv:12: lat: not a number". The files are shipped with the program, so a bad one is breakage.
struct BadData : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class CsvTable;

// One record; every reader throws BadData that names file, line and column.
class CsvRow {
public:
    std::string_view text(std::string_view column) const;      // may be empty
    std::string_view required(std::string_view column) const;  // may not
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
    // The file's name is only for messages. Columns may come in any order and more than the wanted may be there.
    static CsvTable parse(std::string file_name, std::string_view text,
                          std::initializer_list<std::string_view> wanted_columns);
    static CsvTable read(const std::filesystem::path& file, std::initializer_list<std::string_view> wanted_columns);

    std::size_t size() const { return lines_.size(); }  // records without the header
    CsvRow row(std::size_t index) const { return {*this, index}; }
    const std::vector<std::string>& header() const { return header_; }

private:
    friend class CsvRow;
    std::string file_name_;
    std::vector<std::string> header_;
    std::vector<std::string> cells_;  // row by row
    std::vector<std::size_t> lines_;  // where each record begins, from 1
};

}  // namespace safargo::geo
