#include "geo/csv.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace safargo::geo {
namespace {

[[noreturn]] void refuse_line(std::string_view file_name, std::size_t line, std::string_view why) {
    throw BadData(fmt::format("{}:{}: {}", file_name, line, why));
}

class Scanner {
public:
    Scanner(std::string_view file_name, std::string_view text) : file_name_(file_name), text_(text) {}

    bool at_end() const { return position_ == text_.size(); }
    std::size_t line() const { return line_; }

    // Appends the cells of one record and steps over its line end.
    std::size_t take_record(std::vector<std::string>& cells) {
        std::size_t count = 0;
        do {
            cells.push_back(next_is('"') ? take_quoted() : take_plain());
            ++count;
        } while (skip(','));
        if (!at_end() && !skip_line_end()) refuse("text after a closing quote");
        return count;
    }

private:
    bool next_is(char c) const { return !at_end() && text_[position_] == c; }

    bool skip(char c) {
        if (!next_is(c)) return false;
        ++position_;
        return true;
    }

    bool skip_line_end() {
        if (text_.substr(position_, 2) == "\r\n") ++position_;
        if (!skip('\n')) return false;
        ++line_;
        return true;
    }

    std::string take_plain() {
        const std::size_t end = std::min(text_.find_first_of(",\"\r\n", position_), text_.size());
        const std::string_view cell = text_.substr(position_, end - position_);
        position_ = end;
        if (next_is('"')) refuse("quote inside a cell that is not quoted");
        if (next_is('\r') && text_.substr(position_, 2) != "\r\n") refuse("carriage return without line feed");
        return std::string(cell);
    }

    std::string take_quoted() {
        std::string cell;
        do {
            const std::size_t begin = ++position_;
            position_ = std::min(text_.find('"', begin), text_.size());
            if (at_end()) refuse("quote is never closed");
            cell.append(text_, begin, position_ - begin);
            ++position_;
            if (next_is('"')) cell.push_back('"');
        } while (next_is('"'));
        line_ += static_cast<std::size_t>(std::ranges::count(cell, '\n'));
        return cell;
    }

    [[noreturn]] void refuse(std::string_view why) const { refuse_line(file_name_, line_, why); }

    std::string_view file_name_, text_;
    std::size_t position_ = 0;
    std::size_t line_ = 1;
};

void check_header(std::string_view file_name, const std::vector<std::string>& header,
                  std::initializer_list<std::string_view> wanted_columns) {
    for (auto column = header.begin(); column != header.end(); ++column) {
        if (column->empty()) refuse_line(file_name, 1, "a column has no name");
        if (std::find(header.begin(), column, *column) != column)
            refuse_line(file_name, 1, fmt::format("column {} stands twice", *column));
    }
    for (const std::string_view column : wanted_columns) {
        if (std::ranges::find(header, column) == header.end())
            refuse_line(file_name, 1, fmt::format("column {} is missing", column));
    }
}

template <class Number>
bool parse_whole(std::string_view text, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

CsvTable CsvTable::parse(std::string file_name, std::string_view text,
                         std::initializer_list<std::string_view> wanted_columns) {
    if (!is_valid_utf8(text)) throw BadData(file_name + ": not UTF-8");
    if (text.empty()) refuse_line(file_name, 1, "no header");
    CsvTable table;
    table.file_name_ = std::move(file_name);
    Scanner scanner(table.file_name_, text);
    scanner.take_record(table.header_);
    check_header(table.file_name_, table.header_, wanted_columns);
    while (!scanner.at_end()) {
        const std::size_t line = scanner.line();
        const std::size_t count = scanner.take_record(table.cells_);
        if (count != table.header_.size())
            refuse_line(table.file_name_, line, fmt::format("{} cells, not {}", count, table.header_.size()));
        table.lines_.push_back(line);
    }
    return table;
}

CsvTable CsvTable::read(const std::filesystem::path& file, std::initializer_list<std::string_view> wanted_columns) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw BadData(file.string() + ": cannot be opened");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return parse(file.filename().string(), text, wanted_columns);
}

std::string_view CsvRow::text(std::string_view column) const {
    const auto found = std::ranges::find(table_->header_, column);
    if (found == table_->header_.end()) refuse(column, "no such column");
    const auto offset = static_cast<std::size_t>(found - table_->header_.begin());
    return table_->cells_[index_ * table_->header_.size() + offset];
}

std::string_view CsvRow::required(std::string_view column) const {
    const std::string_view cell = text(column);
    if (cell.empty()) refuse(column, "empty");
    return cell;
}

std::int64_t CsvRow::integer(std::string_view column, std::int64_t min, std::int64_t max) const {
    std::int64_t value = 0;
    if (!parse_whole(text(column), value)) refuse(column, "not an integer");
    if (value < min || value > max) refuse(column, fmt::format("not within {}..{}", min, max));
    return value;
}

double CsvRow::number(std::string_view column, double min, double max) const {
    double value = 0;
    if (!parse_whole(text(column), value)) refuse(column, "not a number");
    if (!(value >= min && value <= max)) refuse(column, fmt::format("not within {}..{}", min, max));
    return value;
}

bool CsvRow::flag(std::string_view column) const {
    return integer(column, 0, 1) == 1;
}

LatLng CsvRow::position() const {
    return {number("lat", -90, 90), number("lng", -180, 180)};
}

void CsvRow::refuse(std::string_view column, std::string_view why) const {
    refuse_line(table_->file_name_, table_->lines_[index_], fmt::format("{}: {}", column, why));
}

}  // namespace safargo::geo
