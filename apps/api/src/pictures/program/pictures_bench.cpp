// What a photo of twelve megapixels costs: the processor time of a whole process, from its start to its end, and its
// memory. The budgets are 400 ms and 150 MB.
#include "pictures/answer.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vips/vips.h>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <thread>

namespace safargo::pictures {
namespace {

void check(int failed) {
    if (failed != 0) throw std::runtime_error(vips_error_buffer());
}

// Coarse and fine detail, like a landscape with the noise of a small camera: about half a byte a pixel.
std::string landscape(int width, int height) {
    std::array<VipsImage*, 3> bands{};
    for (VipsImage*& band : bands) {
        VipsImage *surface = nullptr, *scaled = nullptr, *noise = nullptr;
        check(vips_fractsurf(&surface, width, height, 2.4, nullptr));
        check(vips_scale(surface, &scaled, nullptr));
        check(vips_gaussnoise(&noise, width, height, "sigma", 8.0, nullptr));
        check(vips_add(scaled, noise, &band, nullptr));
    }
    VipsImage *joined = nullptr, *eight_bit = nullptr, *srgb = nullptr;
    check(vips_bandjoin(bands.data(), &joined, 3, nullptr));
    check(vips_cast_uchar(joined, &eight_bit, nullptr));
    check(vips_copy(eight_bit, &srgb, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr));
    void* bytes = nullptr;
    std::size_t size = 0;
    check(vips_jpegsave_buffer(srgb, &bytes, &size, "Q", 92, nullptr));
    return {static_cast<const char*>(bytes), size};
}

void feed(int file, const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t size = write(file, bytes.data() + at, bytes.size() - at);
        if (size <= 0) break;
        at += static_cast<std::size_t>(size);
    }
    close(file);
}

std::string read_to_end(int file) {
    std::string bytes;
    std::array<char, 65'536> part{};
    for (ssize_t size = 0; (size = read(file, part.data(), part.size())) > 0;) {
        bytes.append(part.data(), static_cast<std::size_t>(size));
    }
    close(file);
    return bytes;
}

// By a process of its own, since a new process is said to have been as large as the one that started it.
std::string photo_of_twelve_megapixels() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const pid_t pid = fork();
    if (pid == 0) {
        if (vips_init("pictures_bench") == 0) feed(ends[1], landscape(4'000, 3'000));
        _exit(0);
    }
    close(ends[1]);
    std::string photo = read_to_end(ends[0]);
    waitpid(pid, nullptr, 0);
    return photo;
}

struct Run {
    std::string answer;
    rusage used{};
};

Run run_program(const std::string& file) {
    std::array<int, 2> input{}, output{};
    if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    std::string program = SAFARGO_PICTURES_PROGRAM, type = "image/jpeg";
    std::array<char*, 3> arguments{program.data(), type.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t pid = 0;
    const int failed = posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("safargo-pictures cannot be started");
    close(input[0]);
    close(output[1]);
    std::thread feeding([&] { feed(input[1], file); });
    Run run;
    run.answer = read_to_end(output[0]);
    feeding.join();
    int status = 0;
    wait4(pid, &status, 0, &run.used);
    return run;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Its "real time" is the processor time of the process.
void twelve_megapixels(benchmark::State& state) {
    const std::string photo = photo_of_twelve_megapixels();
    double resident = 0;
    for (auto _ : state) {
        const Run run = run_program(photo);
        const auto answer = unpack(run.answer);
        if (!answer || !std::holds_alternative<Made>(*answer)) {
            state.SkipWithError("no pictures were made");
            return;
        }
        state.SetIterationTime(seconds(run.used.ru_utime) + seconds(run.used.ru_stime));
        resident = std::max(resident, static_cast<double>(run.used.ru_maxrss) / 1000);
    }
    state.counters["resident_mb"] = resident;
    state.counters["photo_mb"] = static_cast<double>(photo.size()) / 1e6;
}
BENCHMARK(twelve_megapixels)->UseManualTime()->Iterations(10)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace safargo::pictures
