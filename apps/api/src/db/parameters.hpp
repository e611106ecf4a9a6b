// Encodes parameters. The C++ type decides the PostgreSQL type: integers by size, double, bool, Instant (timestamptz),
// LocalDate (date), Uuid and ids (uuid), Dinars (bigint), Bytes (bytea), optionals (NULL) and vectors (one-dimensional
// arrays). Text is sent untyped, so the server infers text, an enum label or json; where it cannot, the SQL must say
// so: $1::text[]. Text with a zero byte, non-finite numbers and times out of PostgreSQL's range throw MappingError.
#pragma once

#include "db/statement.hpp"
#include "db/wire_type.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

namespace wire {

// Appends the binary form.
void put(std::string& out, bool value);
void put(std::string& out, std::int16_t value);
void put(std::string& out, std::int32_t value);
void put(std::string& out, std::int64_t value);
void put(std::string& out, double value);
void put(std::string& out, Instant value);
void put(std::string& out, LocalDate value);
void put(std::string& out, const Uuid& value);
void put(std::string& out, const Bytes& value);
inline void put(std::string& out, Dinars value) {
    put(out, value.amount);
}
template <class Tag>
void put(std::string& out, const Id<Tag>& value) {
    put(out, value.value);
}

void put_array_head(std::string& out, Oid element, std::size_t size);
// Around one element: close_element fills in its length.
std::size_t open_element(std::string& out);
void close_element(std::string& out, std::size_t opened);

}  // namespace wire

class Parameters {
public:
    Parameters() = default;

    template <class... A>
    static Parameters of(const A&... values) {
        Parameters parameters;
        parameters.slots_.reserve(sizeof...(A));
        (parameters.add(values), ...);
        return parameters;
    }

    struct Slot {
        Oid type;     // 0: the server decides
        bool binary;  // otherwise text with a terminating zero
        bool null;
        std::size_t begin, length;  // in bytes()
    };
    std::span<const Slot> slots() const { return slots_; }
    const std::string& bytes() const { return bytes_; }

private:
    template <class T>
    static constexpr bool is_text = std::is_convertible_v<const T&, std::string_view>;

    template <class T>
    void add(const T& value) {
        if constexpr (is_text<T>) {
            add_text(value);
        } else if constexpr (Integer<T>) {
            add_binary(static_cast<SizedInteger<T>>(value));
        } else {
            add_binary(value);
        }
    }
    void add(std::nullopt_t) { add_null(0); }

    template <class T>
    void add(const std::optional<T>& value) {
        if (value) return add(*value);
        add_null(scalar_oid<T>());
    }

    template <class T>
    void add(const std::vector<T>& values) {
        if constexpr (is_text<T>) {
            add_text_array({values.begin(), values.end()});
        } else {
            add_array(values);
        }
    }

    template <class T>
    static constexpr Oid scalar_oid() {
        if constexpr (is_text<T>) {
            return 0;
        } else if constexpr (Integer<T>) {
            return wire_type<SizedInteger<T>>.scalar;
        } else if constexpr (requires { typename T::value_type; }) {
            return array_oid<typename T::value_type>();
        } else {
            return wire_type<T>.scalar;
        }
    }

    template <class T>
    static constexpr Oid array_oid() {
        if constexpr (is_text<T>) {
            return 0;
        } else if constexpr (Integer<T>) {
            return wire_type<SizedInteger<T>>.array;
        } else {
            return wire_type<T>.array;
        }
    }

    template <class T>
    void add_binary(const T& value) {
        const std::size_t begin = bytes_.size();
        wire::put(bytes_, value);
        slots_.push_back({wire_type<T>.scalar, true, false, begin, bytes_.size() - begin});
    }

    template <class T>
    void add_array(const std::vector<T>& values) {
        const std::size_t begin = bytes_.size();
        wire::put_array_head(bytes_, scalar_oid<T>(), values.size());
        for (const T& value : values) {
            const std::size_t opened = wire::open_element(bytes_);
            if constexpr (Integer<T>) {
                wire::put(bytes_, static_cast<SizedInteger<T>>(value));
            } else {
                wire::put(bytes_, value);
            }
            wire::close_element(bytes_, opened);
        }
        slots_.push_back({array_oid<T>(), true, false, begin, bytes_.size() - begin});
    }

    void add_null(Oid type);
    void add_text(std::string_view text);
    void add_text_array(const std::vector<std::string_view>& texts);

    std::string bytes_;
    std::vector<Slot> slots_;
};

// A statement with its values, ready to run. Write db::bind in full: for std arguments, ADL would find std::bind.
struct Bound {
    Statement statement;
    Parameters parameters;
    bool once = false;  // not worth a prepared statement
};

template <class... A>
Bound bind(const Statement& statement, const A&... values) {
    return {.statement = statement, .parameters = Parameters::of(values...)};
}

}  // namespace safargo::db
