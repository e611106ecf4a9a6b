// Reads one HTTP/1.1 answer after another, piece by piece as they arrive, without an allocation once warm. Strict: what
// is not plainly an answer to the one request that was sent has failed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::load {

class ResponseReader {
public:
    enum class State { reading, complete, failed };

    static constexpr std::size_t max_head = 65'536;       // bytes of status line and headers
    static constexpr std::size_t kept_body = 200;         // of the body, so that a report can show what was wrong
    static constexpr std::size_t max_chunk_line = 1'024;  // a chunk's size, or a trailer

    void begin();  // the next answer
    State feed(std::string_view bytes);

    State state() const;
    int status() const { return status_; }
    bool keeps_alive() const { return keep_alive_; }
    std::string_view body_start() const { return {kept_.data(), kept_size_}; }

private:
    enum class Phase { status_line, headers, body, chunk_size, chunk, chunk_end, trailers, done, failed };

    std::optional<std::string_view> take_line(std::string_view& bytes);
    void take_body(std::string_view& bytes);
    Phase after_line(std::string_view line);
    Phase after_status_line(std::string_view line);
    Phase after_header(std::string_view line);
    Phase after_head();
    Phase after_chunk_size(std::string_view line);
    bool note_length(std::string_view value);
    bool note_encoding(std::string_view value);
    void note_connection(std::string_view value);

    Phase phase_ = Phase::done;
    bool keep_alive_ = true;
    bool chunked_ = false;
    int status_ = 0;
    std::optional<std::uint64_t> length_;
    std::uint64_t left_ = 0;      // of the body, or of the chunk
    std::size_t head_bytes_ = 0;  // of head, or of one line between chunks
    std::string line_;            // the part of a line that came with earlier pieces
    std::array<char, kept_body> kept_{};
    std::size_t kept_size_ = 0;
};

}  // namespace safargo::load
