// safargo-pictures CONTENT_TYPE: reads one file on standard input and writes the pictures made of it, or why there are
// none, on standard output (pictures/answer.hpp). Started by adapters/pictures for each file; it trusts nobody.
#include "pictures/program/confine.hpp"
#include "pictures/program/make_pictures.hpp"

#include <malloc.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

namespace {

using namespace safargo::pictures;

// Exit codes for the service's log; a refusal is an answer and exits with 0.
constexpr int misused = 2, not_confined = 3, no_vips = 4, no_input = 5, no_output = 6;

bool read_all(std::string& file) {
    std::array<char, 65'536> part;
    for (;;) {
        const ssize_t size = read(STDIN_FILENO, part.data(), part.size());
        if (size == 0) return true;
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 || file.size() + static_cast<std::size_t>(size) > largest_file) return false;
        file.append(part.data(), static_cast<std::size_t>(size));
    }
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t size = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

// Ends without the libraries' own clean-up, which wants more than the process may do.
[[noreturn]] void leave(int code) {
    _exit(code);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) leave(misused);
    mallopt(M_ARENA_MAX, 2);  // each thread's own arena would reserve 64 MB of the address space
    if (!confine(Limits{})) leave(not_confined);
    if (!start_vips()) leave(no_vips);
    std::string file;
    if (!read_all(file)) leave(no_input);
    leave(write_all(pack(make_pictures(file, argv[1]))) ? 0 : no_output);
}
