// Rows of COPY … TO STDOUT (FORMAT BINARY), read as strictly as those of a statement. The format does not contain
// column types, so the reader supplies them.
#pragma once

#include "db/array_reader.hpp"

#include <span>

namespace safargo::db {

struct CopyColumn {
    std::string_view name;
    Oid type;
};

class CopyRow {
public:
    // `columns` must outlive it: the columns of the COPY, in order.
    explicit CopyRow(std::span<const CopyColumn> columns) : columns_(columns), values_(columns.size()) {}

    // Takes the next chunk from Transaction::copy_out; false at the end marker. The chunk must outlive the values read
    // from it. Throws MappingError for bytes that are not a row of these columns.
    bool take(std::string_view chunk);

    template <class T>
    T get(int column) const {
        return wire::Reader<T>::value(field(column));
    }
    wire::ArrayReader array(int column) const { return wire::ArrayReader(field(column)); }

private:
    wire::Field field(int column) const;

    std::span<const CopyColumn> columns_;
    std::vector<std::optional<std::string_view>> values_;
    bool started_ = false;
};

}  // namespace safargo::db
