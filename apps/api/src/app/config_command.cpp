#include "app/commands.hpp"
#include "config/documentation.hpp"

#include <cstdio>

namespace safargo::app {
namespace {

void print_lines(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) std::printf("%s\n", line.c_str());
}

int check_environment() {
    const auto config = read_config(process_environment());
    print_lines(config ? config->incomplete_groups : config.error());
    return config ? 0 : 2;
}

}  // namespace

int run_config(const ConfigOptions& options) {
    if (options.check) return check_environment();
    if (options.markdown) std::fputs(configuration_table(known_variables()).c_str(), stdout);
    return 0;
}

}  // namespace safargo::app
