#include "matching/page_collector.hpp"

#include <algorithm>

namespace safargo::matching {

double sort_key(const Match& match, Sort sort) {
    switch (sort) {
        case Sort::relevance:
            return -match.score;
        case Sort::departure:
            return static_cast<double>(match.departure.time_since_epoch().count());
        case Sort::price:
            return static_cast<double>(match.price.amount);
        case Sort::proximity:
            return match.from_m + match.to_m;
        case Sort::duration:
            return static_cast<double>(match.duration.count());
    }
    return 0;
}

PageCollector::PageCollector(const Query& query) : limit_(query.limit), after_(query.after) {
    ranked_.reserve(std::min<std::size_t>(limit_, 128));
}

bool PageCollector::wants(double key) {
    ++total_;
    if (after_ && key < after_->key) return false;
    if (ranked_.size() < limit_ || (limit_ > 0 && key <= ranked_.front().position.key)) return true;
    ++left_out_;
    return false;
}

void PageCollector::add(double key, const Match& match) {
    const Ranked ranked{{key, match.trip}, match};
    if (after_ && ranked.position <= *after_) return;
    if (ranked_.size() == limit_) {
        ++left_out_;
        if (!before(ranked, ranked_.front())) return;
        std::ranges::pop_heap(ranked_, before);
        ranked_.pop_back();
    }
    ranked_.push_back(ranked);
    std::ranges::push_heap(ranked_, before);
}

Page PageCollector::finish() {
    std::ranges::sort_heap(ranked_, before);
    Page page;
    page.total = total_;
    page.items.reserve(ranked_.size());
    for (const Ranked& ranked : ranked_) page.items.push_back(ranked.match);
    if (left_out_ > 0 && !ranked_.empty()) page.next = ranked_.back().position;
    return page;
}

}  // namespace safargo::matching
