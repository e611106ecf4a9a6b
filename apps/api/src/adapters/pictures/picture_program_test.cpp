// The real program, and shell scripts that misbehave in its place.
#include "adapters/pictures/picture_program.hpp"

#include "core/failures.hpp"
#include "testing/cancellable.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

namespace safargo::pictures {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using testing::Cancellable;
using testing::run;
using testing::shared_context;

// Two pixels: red and blue.
const std::string small_png(
    "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01\x08\x02\x00\x00"
    "\x00\x7b\x40\xe8\xdd\x00\x00\x00\x0d\x49\x44\x41\x54\x78\x9c\x63\xf8\xcf\x00\x04\xff\x01\x07\x00\x01\xff\xe2\x23"
    "\x9e\x59\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82",
    70);

// Runs whatever can run now.
void settle() {
    shared_context()->restart();
    shared_context()->poll();
}

class PictureProgramTest : public ::testing::Test {
protected:
    PictureProgramTest() { fs::create_directories(folder); }
    ~PictureProgramTest() override {
        fs::remove_all(folder);
        EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process was left behind";
        EXPECT_EQ(errno, ECHILD);
    }

    // A program that runs these commands; `$OUT` is the folder for what it wants to tell the test.
    std::string script(std::string_view commands) {
        const fs::path path = folder / "program";
        std::ofstream(path) << "#!/bin/sh\nOUT=" << folder.native() << '\n' << commands << '\n';
        chmod(path.c_str(), 0700);
        return path;
    }
    Result<PictureSet> process(std::string program, std::string file = "file", std::string type = "image/png",
                               std::chrono::milliseconds longest = 1h) {
        PictureProgram pictures(std::move(program), slots, longest);
        return run(pictures.process(std::move(file), std::move(type), std::chrono::steady_clock::now() + 1h));
    }
    Rule refusal(std::string_view commands) {
        const auto answer = process(script(commands));
        if (answer || answer.error().code != Code::picture_refused) return Rule::required;
        return answer.error().reason->rule;
    }
    bool is_unavailable(std::string_view commands, std::chrono::milliseconds longest = 1h) {
        try {
            process(script(commands), "file", "image/png", longest);
            return false;
        } catch (const DependencyUnavailable&) {
            return true;
        }
    }
    std::string told(std::string_view name) {
        std::ifstream file(folder / name);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    bool has_ended(std::string_view pid_file) { return kill(std::stoi(told(pid_file)), 0) != 0 && errno == ESRCH; }

    const fs::path folder = fs::temp_directory_path() / ("safargo-pictures-" + std::to_string(getpid()));
    Slots slots{2, 4};
};

std::size_t open_files() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/fd"), {}));
}

TEST_F(PictureProgramTest, MakesPicturesWithTheRealProgram) {
    const auto made = process(SAFARGO_PICTURES_PROGRAM, small_png);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->width, 2u);
    EXPECT_EQ(made->height, 1u);
    for (const std::string* webp : {&made->small, &made->medium, &made->large}) {
        const auto header = read_header(*webp);
        ASSERT_TRUE(header.has_value());
        EXPECT_EQ(*header, (Header{Format::webp, 2, 1}));
    }
}

TEST_F(PictureProgramTest, TellsTheUploaderWhyTheRealProgramRefused) {
    const auto other = process(SAFARGO_PICTURES_PROGRAM, small_png, "image/jpeg");
    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().code, Code::picture_refused);
    EXPECT_EQ(other.error().reason, (Violation{Rule::other_picture_type, "image/jpeg", "image/png"}));
    EXPECT_EQ(process(SAFARGO_PICTURES_PROGRAM, "<svg/>").error().reason, Violation{Rule::not_a_picture});
    EXPECT_EQ(process(SAFARGO_PICTURES_PROGRAM, small_png.substr(0, 50)).error().reason,
              Violation{Rule::picture_broken});
}

TEST_F(PictureProgramTest, NamesTheRuleOfEachReason) {
    const auto reason = [](Reason why) { return refusal_of({why}, "image/png").reason; };
    EXPECT_EQ(reason(Reason::not_a_picture), Violation{Rule::not_a_picture});
    EXPECT_EQ(reason(Reason::too_large), (Violation{Rule::picture_too_large, "40"}));
    EXPECT_EQ(reason(Reason::broken), Violation{Rule::picture_broken});
    EXPECT_EQ(reason(Reason::too_costly), Violation{Rule::picture_too_costly});
}

TEST_F(PictureProgramTest, TakesACrashForTheFilesFault) {
    EXPECT_EQ(refusal("kill -SEGV $$"), Rule::picture_broken);
    EXPECT_EQ(refusal("kill -ABRT $$"), Rule::picture_broken);
    EXPECT_EQ(refusal("kill -XCPU $$"), Rule::picture_too_costly);
}

TEST_F(PictureProgramTest, BelievesNoAnswerThatIsNone) {
    EXPECT_EQ(refusal("cat > /dev/null; printf '<html>'"), Rule::picture_broken);
    EXPECT_EQ(refusal("cat > /dev/null"), Rule::picture_broken);
    EXPECT_EQ(refusal("printf 'SGP1M'; exec cat /dev/zero"), Rule::picture_broken) << "without end";
}

TEST_F(PictureProgramTest, TakesItsOwnComplaintsAndKillsOfTheMachineForTroubleOfOurs) {
    EXPECT_TRUE(is_unavailable("exit 3"));
    EXPECT_TRUE(is_unavailable("kill -KILL $$"));
    EXPECT_THROW(process((folder / "missing").native()), DependencyUnavailable);
}

TEST_F(PictureProgramTest, EndsAProcessThatHangs) {
    // A busy machine may not have started it within the time.
    for (std::chrono::milliseconds limit = 500ms; !fs::exists(folder / "pid"); limit *= 2) {
        EXPECT_TRUE(is_unavailable("echo $$ > $OUT/pid.part; mv $OUT/pid.part $OUT/pid; exec sleep 1000", limit));
    }
    EXPECT_TRUE(has_ended("pid"));
    EXPECT_TRUE(is_unavailable("exec 1>&-; exec sleep 1000", 500ms)) << "that has closed its output";
    EXPECT_TRUE(is_unavailable("kill -STOP $$", 500ms));
}

Task<void> process_and_drop(PictureProgram& pictures) {
    co_await pictures.process("file", "image/png", std::chrono::steady_clock::now() + 1h);
}

TEST_F(PictureProgramTest, EndsTheProcessOfACancelledCaller) {
    PictureProgram pictures(script("echo $$ > $OUT/pid.part; mv $OUT/pid.part $OUT/pid; exec sleep 1000"), slots, 1h);
    Cancellable caller(process_and_drop(pictures));
    while (!fs::exists(folder / "pid")) settle();
    caller.cancel();
    caller.wait();
    EXPECT_TRUE(has_ended("pid"));
}

TEST_F(PictureProgramTest, ListensToAProgramThatDoesNotReadItsInput) {
    const auto answer = process(script("exec 0<&-; printf 'SGP1R\\003\\377'"), std::string(12'000'000, 'x'));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().reason, Violation{Rule::picture_broken});
}

TEST_F(PictureProgramTest, GivesTheProgramTheFileItsTypeAndNothingElse) {
    setenv("SAFARGO_TEST_SECRET", "secret", 1);
    const std::ofstream open_here(folder / "open_here");
    EXPECT_EQ(
        refusal("cat > $OUT/file; echo $# $1 > $OUT/arguments; env > $OUT/environment; ls -l /proc/$$/fd > $OUT/open\n"
                "printf 'SGP1R\\003\\377'"),
        Rule::picture_broken);
    unsetenv("SAFARGO_TEST_SECRET");
    EXPECT_EQ(told("file"), "file");
    EXPECT_EQ(told("arguments"), "1 image/png\n");
    EXPECT_THAT(told("environment"), ::testing::Not(::testing::HasSubstr("SAFARGO")));
    for (const char* ours : {"open_here", "eventpoll", "socket", "timerfd"}) {
        EXPECT_THAT(told("open"), ::testing::Not(::testing::HasSubstr(ours)));
    }
    EXPECT_THAT(told("open"), ::testing::HasSubstr("pipe:")) << "its own standard files";
}

TEST_F(PictureProgramTest, LeavesNoFileOpen) {
    refusal("printf 'SGP1R\\003\\377'");
    const std::size_t before = open_files();
    refusal("printf 'SGP1R\\003\\377'");
    refusal("kill -SEGV $$");
    is_unavailable("exec sleep 1000", 50ms);
    EXPECT_EQ(open_files(), before);
}

Task<void> process_into(PictureProgram& pictures, std::vector<std::string>& outcomes) {
    try {
        const auto answer = co_await pictures.process("file", "image/png", std::chrono::steady_clock::now() + 1h);
        outcomes.push_back(answer ? "made" : "refused");
    } catch (const DependencyUnavailable&) {
        outcomes.push_back("unavailable");
    }
}

TEST_F(PictureProgramTest, RunsTwoAtOnceAndTurnsAwayWhoComesToAFullQueue) {
    // Each waits until the test has seen two of them.
    PictureProgram pictures(script("touch $OUT/here.$$; while [ ! -e $OUT/go ]; do sleep 0.01; done; rm $OUT/here.$$; "
                                   "printf 'SGP1R\\003\\377'"),
                            slots);
    std::vector<std::string> outcomes;
    std::vector<std::unique_ptr<Cancellable>> all;
    for (int i = 0; i < 7; ++i) all.push_back(std::make_unique<Cancellable>(process_into(pictures, outcomes)));
    const auto here = [&] {
        return std::ranges::count_if(fs::directory_iterator(folder),
                                     [](const auto& file) { return file.path().stem() == "here"; });
    };
    while (here() < 2) settle();
    EXPECT_EQ(here(), 2);
    EXPECT_EQ(outcomes, std::vector<std::string>{"unavailable"}) << "two run, four wait, one is turned away";
    std::ofstream(folder / "go");
    for (const auto& one : all) one->wait();
    EXPECT_EQ(std::ranges::count(outcomes, "refused"), 6);
}

TEST(ProgramBesideThis, IsInTheFolderOfTheRunningProgram) {
    EXPECT_EQ(program_beside_this(), fs::read_symlink("/proc/self/exe").parent_path() / "safargo-pictures");
}

}  // namespace
}  // namespace safargo::pictures
