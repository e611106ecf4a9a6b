// Rows of COPY … TO STDOUT (FORMAT BINARY), read as strictly as those of a statement. The format does not say the
// types of its columns, so the reader does.
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
    // `columns` must outlive it: those of the COPY, in its order.
    explicit CopyRow(std::span<const CopyColumn> columns) : columns_(columns), values_(columns.size()) {}

    // The next chunk that Transaction::copy_out hands over; false for the end mark, which is no row. The chunk must
    // live as long as what is read from it. Throws MappingError for bytes that are no row of these columns.
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
