#include "core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace safargo {
namespace {

// clang-format off
constexpr std::array rules{
    RuleInfo{Rule::required, "required", "Ce champ est obligatoire.", "هذا الحقل إلزامي.", "This field is required."},
    RuleInfo{Rule::unknown_field, "unknown_field", "Champ inconnu.", "حقل غير معروف.", "Unknown field."},
    RuleInfo{Rule::duplicate_field, "duplicate_field", "Champ donné deux fois.", "الحقل مكرر.", "Field given twice."},
    RuleInfo{Rule::wrong_type, "wrong_type", "Type attendu : {0}.", "النوع المنتظر: {0}.", "Expected type: {0}."},
    RuleInfo{Rule::not_an_integer, "not_an_integer", "Un nombre entier est attendu.", "يُنتظر عدد صحيح.",
             "A whole number is expected."},
    RuleInfo{Rule::out_of_range, "out_of_range", "Doit être entre {0} et {1}.", "يجب أن يكون بين {0} و {1}.",
             "Must be between {0} and {1}."},
    RuleInfo{Rule::too_short, "too_short", "Au moins {0} caractères.", "{0} حروف على الأقل.",
             "At least {0} characters."},
    RuleInfo{Rule::too_long, "too_long", "Au plus {0} caractères.", "{0} حرف على الأكثر.", "At most {0} characters."},
    RuleInfo{Rule::bad_encoding, "bad_encoding", "Caractères non permis.", "حروف غير مسموحة.",
             "Characters that are not allowed."},
    RuleInfo{Rule::bad_format, "bad_format", "Format attendu : {0}.", "الصيغة المنتظرة: {0}.", "Expected format: {0}."},
    RuleInfo{Rule::not_allowed, "not_allowed", "Valeurs permises : {0}.", "القيم المسموحة: {0}.",
             "Allowed values: {0}."},
    RuleInfo{Rule::too_few, "too_few", "Au moins {0} éléments.", "{0} عناصر على الأقل.", "At least {0} items."},
    RuleInfo{Rule::too_many, "too_many", "Au plus {0} éléments.", "{0} عنصر على الأكثر.", "At most {0} items."},
    RuleInfo{Rule::in_the_past, "in_the_past", "Cette date est passée.", "هذا التاريخ مضى.",
             "This date is in the past."},
    RuleInfo{Rule::too_far_ahead, "too_far_ahead", "Au plus {0} jours à l'avance.", "{0} يوما مسبقا على الأكثر.",
             "At most {0} days ahead."},
    RuleInfo{Rule::out_of_order, "out_of_order", "L'ordre n'est pas respecté.", "الترتيب غير محترم.", "Out of order."},
    RuleInfo{Rule::duplicate_value, "duplicate_value", "Valeur déjà utilisée.", "القيمة مستعملة من قبل.",
             "Value already used."},
    RuleInfo{Rule::above_cap, "above_cap", "Au plus {0} DA : plafond de la route directe depuis « {1} ».",
             "{0} د.ج على الأكثر: سقف الطريق المباشر من «{1}».",
             "At most {0} DA: the cap of the direct road from “{1}”."},
    RuleInfo{Rule::too_deep, "too_deep", "Trop de niveaux imbriqués.", "مستويات متداخلة كثيرة.", "Nested too deeply."},
    RuleInfo{Rule::unknown_reference, "unknown_reference", "N'existe pas.", "غير موجود.", "Does not exist."},
    RuleInfo{Rule::not_a_confirmed_woman, "not_a_confirmed_woman",
             "Réservé aux conductrices dont l'identité a été vérifiée.", "مخصص للسائقات اللواتي تم التحقق من هويتهن.",
             "Only for women who drive and whose identity has been verified."},
    RuleInfo{Rule::prints_nothing, "prints_nothing", "Rien de lisible dans ce texte.", "لا شيء مقروء في هذا النص.",
             "Nothing in this text can be read."},
    RuleInfo{Rule::contact_details, "contact_details", "Pas de numéro, d'adresse ni de lien ici.",
             "لا أرقام هواتف ولا عناوين ولا روابط هنا.", "No phone number, address or link here."},
    RuleInfo{Rule::unknown_phone, "unknown_phone", "Numéro non reconnu. Exemple : {0}.",
             "رقم غير معروف. مثال: {0}.", "Number not recognised. Example: {0}."},
    RuleInfo{Rule::earliest, "earliest", "Au plus tôt le {0} : la route demande plus de temps.",
             "ليس قبل {0}: الطريق تتطلب وقتا أطول.", "Not before {0}: the road takes longer."},
    RuleInfo{Rule::latest, "latest", "Au plus tard le {0}.", "ليس بعد {0}.", "No later than {0}."},
    RuleInfo{Rule::outside_service_area, "outside_service_area",
             "Hors de la zone desservie : l'Algérie et ses abords.", "خارج منطقة الخدمة: الجزائر وما حولها.",
             "Outside the service area: Algeria and its surroundings."},
    RuleInfo{Rule::swapped_coordinates, "swapped_coordinates",
             "Hors de la zone desservie : la latitude et la longitude semblent inversées.",
             "خارج منطقة الخدمة: يبدو أن خط العرض وخط الطول معكوسان.",
             "Outside the service area: latitude and longitude seem to be swapped."},
    RuleInfo{Rule::commune_elsewhere, "commune_elsewhere", "Cette commune est à {0} km de ce point.",
             "هذه البلدية على بعد {0} كم من هذه النقطة.", "This commune is {0} km from this point."},
    RuleInfo{Rule::town_elsewhere, "town_elsewhere", 
             "{0} est à {1} km de ce point. Si un lieu d'ici porte ce nom, précisez, par exemple « rue {0}, ville ».",
             "تبعد {0} عن هذه النقطة {1} كم. إن كان هنا مكان بهذا الاسم فوضّحه، مثلا «شارع {0}، المدينة».",
             "{0} is {1} km from this point. If a place here is called so, say which, for example “rue {0}, town”."},
    RuleInfo{Rule::comes_back, "comes_back", "Le trajet revient près de l'arrêt {0} : publiez le retour à part.",
             "تعود الرحلة قرب المحطة {0}: انشر رحلة العودة وحدها.",
             "The trip comes back near stop {0}: publish the return separately."},
    RuleInfo{Rule::empty_range, "empty_range", "Le début et la fin sont identiques.", "البداية والنهاية متطابقتان.",
             "The start and the end are the same."},
    RuleInfo{Rule::licence_expires, "licence_expires",
             "Votre permis de conduire expire le {0} et doit être valable le {1} : indiquez le permis renouvelé.",
             "تنتهي صلاحية رخصة سياقتك في {0} ويجب أن تكون صالحة يوم {1}: أدخل الرخصة المجدّدة.",
             "Your driving licence expires on {0} and must be valid on {1}: enter the renewed one."},
    RuleInfo{Rule::before_outbound, "before_outbound", "Le retour part après l'arrivée de l'aller ({0}).",
             "تنطلق رحلة العودة بعد وصول رحلة الذهاب ({0}).", "The return leaves after the outbound arrives ({0})."},
    RuleInfo{Rule::opens_at, "opens_at", "Possible à partir du {0}.", "ممكن ابتداء من {0}.", "Possible from {0}."},
    RuleInfo{Rule::per_day, "per_day", "Au plus {0} trajets par jour : choisissez un autre jour.",
             "{0} رحلات في اليوم على الأكثر: اختر يوما آخر.", "At most {0} trips a day: choose another day."},
    RuleInfo{Rule::publications_per_day, "publications_per_day",
             "Au plus {0} publications par jour, trajets annulés compris : publiez celui-ci demain.",
             "{0} منشورات في اليوم على الأكثر، بما فيها الرحلات الملغاة: انشر هذه الرحلة غدا.",
             "At most {0} publications a day, cancelled trips included: publish this one tomorrow."},
    RuleInfo{Rule::same_place, "same_place",
             "Les arrêts « {0} » et « {1} » sont au même endroit, à moins de 200 m : gardez-en un seul.",
             "المحطتان «{0}» و«{1}» في المكان نفسه، على أقل من 200 م: احتفظ بواحدة.",
             "Stops “{0}” and “{1}” are at the same place, less than 200 m apart: keep one of them."},
    RuleInfo{Rule::longest_trip, "longest_trip", "Un trajet dure au plus {0} jours : avancez l'heure d'arrivée.",
             "تدوم الرحلة {0} أيام على الأكثر: قدّم وقت الوصول.",
             "A trip takes at most {0} days: arrive earlier."},
    RuleInfo{Rule::used_by_trips, "used_by_trips",
             "Des trajets utilisent ce véhicule : terminez-les ou annulez-les d'abord.",
             "هناك رحلات تستعمل هذه المركبة: أنهها أو ألغها أولا.",
             "Trips use this vehicle: complete or cancel them first."},
    RuleInfo{Rule::unknown_wilaya, "unknown_wilaya",
             "Les deux derniers chiffres d'une immatriculation sont ceux de la wilaya : il n'y a pas de wilaya {0}.",
             "الرقمان الأخيران من لوحة الترقيم هما رقم الولاية: لا توجد ولاية {0}.",
             "The last two digits of a plate are those of the wilaya: there is no wilaya {0}."},
    RuleInfo{Rule::unknown_plate_year, "unknown_plate_year",
             "Les trois chiffres du milieu sont le type et l'année du véhicule : l'année {0} n'est pas possible.",
             "الأرقام الثلاثة في الوسط هي صنف المركبة وسنتها: السنة {0} غير ممكنة.",
             "The three digits in the middle are the vehicle's type and year: year {0} is not possible."},
    RuleInfo{Rule::at_least_sold, "at_least_sold", "Au moins {0} : ces places sont déjà réservées.",
             "{0} على الأقل: هذه الأماكن محجوزة.", "At least {0}: these seats are already booked."},
    RuleInfo{Rule::earnings_owed, "earnings_owed",
             "{0} DA de gains vous reviennent encore : demandez leur versement à support@safargo.com.",
             "ما زالت لك أرباح قدرها {0} د.ج: اطلب تحويلها من support@safargo.com.",
             "You are still owed {0} DA of earnings: ask support@safargo.com to pay them out."},
    RuleInfo{Rule::answer_unreadable, "answer_unreadable",
             "Cette demande a déjà été traitée, mais sa réponse n'est plus lisible : vérifiez-en l'effet avant d'en "
             "envoyer une autre.",
             "عولج هذا الطلب من قبل لكن رده لم يعد مقروءا: تحقق من أثره قبل إرسال طلب آخر.",
             "This request has been handled, but its answer can no longer be read: check what it did before sending "
             "another."},
    RuleInfo{Rule::more_errors, "more_errors", "Et {0} de plus.", "و{0} أخرى.", "And {0} more."},
};

constexpr bool in_enum_order() {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].rule != static_cast<Rule>(i)) return false;
    }
    return rules.size() == static_cast<std::size_t>(Rule::more_errors) + 1;
}
static_assert(in_enum_order(), "every Rule has its row, in the order of the enum");

// What a wrong_type names: the types of JSON, in the words of people.
struct TypeName {
    std::string_view json, fr, ar, en;
};
constexpr std::array types{
    TypeName{"string", "texte", "نص", "text"},
    TypeName{"integer", "nombre entier", "عدد صحيح", "whole number"},
    TypeName{"number", "nombre", "عدد", "number"},
    TypeName{"boolean", "vrai ou faux", "صحيح أو خطأ", "true or false"},
    TypeName{"array", "liste", "قائمة", "list"},
    TypeName{"object", "objet", "كائن", "object"},
};

std::string_view type_name(std::string_view json, Language language) {
    const auto* found = std::ranges::find(types, json, &TypeName::json);
    if (found == types.end()) return json;
    return language == Language::ar ? found->ar : language == Language::en ? found->en : found->fr;
}

std::string_view pattern(Rule rule, Language language) {
    const RuleInfo& row = rules[static_cast<std::size_t>(rule)];
    switch (language) {
        case Language::ar:
            return row.message_ar;
        case Language::en:
            return row.message_en;
        case Language::fr:
            break;
    }
    return row.message_fr;
}

}  // namespace

std::span<const RuleInfo> rule_table() {
    return rules;
}

std::string_view name(Rule rule) {
    return rules[static_cast<std::size_t>(rule)].name;
}

std::string message(const Violation& violation, Language language) {
    std::string_view first = violation.first;
    if (violation.rule == Rule::wrong_type) first = type_name(first, language);
    return fmt::format(fmt::runtime(pattern(violation.rule, language)), first, violation.second);
}

}  // namespace safargo
