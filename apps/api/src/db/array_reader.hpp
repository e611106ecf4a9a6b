// Reads a one-dimensional array element by element, without copying it first.
#pragma once

#include "db/rows.hpp"

#include <cstddef>

namespace safargo::db::wire {

class ArrayReader {
public:
    // The elements refer to the field's bytes. Throws MappingError if the field is not such an array.
    explicit ArrayReader(const Field& array);

    std::size_t left() const { return left_; }  // by the array's header; the bytes may end earlier
    Field next();                               // only while some are left; throws MappingError for invalid bytes

    template <class T>
    T next_as() {
        return Reader<T>::value(next());
    }

private:
    std::int32_t number();
    std::string_view take(std::size_t size);
    void expect_end() const;
    [[noreturn]] void mismatch() const;

    Field array_;
    std::string_view rest_;
    Oid type_ = 0;
    std::size_t left_ = 0;
};

}  // namespace safargo::db::wire
