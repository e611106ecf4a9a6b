// One line in COPY's text format: cells separated by tabs, special characters escaped with backslashes.
#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::seed {

// Terminates its line on destruction.
class CopyLine {
public:
    explicit CopyLine(std::string& out) : out_(out) {}
    ~CopyLine() { out_ += '\n'; }
    CopyLine(const CopyLine&) = delete;
    CopyLine& operator=(const CopyLine&) = delete;

    void add(std::string_view text);
    void add(bool value) { add_plain(value ? "t" : "f"); }
    void add(std::int64_t value);
    void add(double value);
    void add(Instant value);
    void add(LocalDate value) { add_plain(value.str()); }
    void add_plain(std::string_view text);  // contains nothing special to COPY
    void add_null() { add_plain("\\N"); }

    // Elements are quoted, so they may contain any text.
    template <class Items, class Print>
    void add_array(const Items& items, Print print) {
        begin_cell();
        out_ += '{';
        bool first = true;
        for (const auto& item : items) {
            if (!first) out_ += ',';
            first = false;
            add_element(print(item));
        }
        out_ += '}';
    }

private:
    void begin_cell() {
        if (!first_) out_ += '\t';
        first_ = false;
    }
    void add_element(std::string_view text);

    std::string& out_;
    bool first_ = true;
};

}  // namespace safargo::seed
