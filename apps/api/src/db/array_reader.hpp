// Takes the elements of a one-dimensional array one after the other, without gathering them first.
#pragma once

#include "db/rows.hpp"

#include <cstddef>

namespace safargo::db::wire {

class ArrayReader {
public:
    // What it reads must live as long as the bytes of the field. Throws MappingError for what is no such array.
    explicit ArrayReader(const Field& array);

    std::size_t left() const { return left_; }  // as the array says; the bytes of fewer may be there
    Field next();                               // while there are some left; throws MappingError for broken bytes

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
