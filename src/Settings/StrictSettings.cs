using System.Collections;
using System.ComponentModel;
using System.Reflection;

namespace CacheOrleans.Settings;

/// <summary>Checks a section of a configuration before it is bound. It finds names that no code reads, values of a
/// wrong type, and time spans that do not mean what they seem to.</summary>
public static class StrictSettings
{
    /// <summary>Checks a section.</summary>
    /// <param name="section">The section's path, for messages.</param>
    /// <param name="settings">The section's settings, with paths relative to the section; settings without a value are
    /// sections.</param>
    /// <param name="options">The type that the section is bound to.</param>
    /// <param name="others">Names in the section that other code reads.</param>
    /// <returns>The time spans by path, in .NET's own form, which binding reads as intended.</returns>
    /// <exception cref="FormatException">The section has errors; the message has the full name of each wrong setting.
    /// </exception>
    public static Dictionary<string, string?> Check(
        string section, IEnumerable<KeyValuePair<string, string?>> settings, Type options, params string[] others)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        var run = new Run(section);
        run.Check(string.Empty, settings, options, others);
        return run.Errors.Count == 0
            ? run.Spans
            : throw new FormatException(string.Join(" ", run.Errors.Distinct()));
    }

    /// <summary>Returns the properties that configuration sets.</summary>
    /// <param name="options">The type that a section is bound to.</param>
    public static IEnumerable<PropertyInfo> Properties(Type options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod?.IsPublic == true || IsList(property.PropertyType));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Below(
        IEnumerable<KeyValuePair<string, string?>> settings) =>
        from setting in settings
        let colon = setting.Key.IndexOf(':')
        where colon >= 0
        select KeyValuePair.Create(setting.Key[(colon + 1)..], setting.Value);

    private static Dictionary<string, Type> Settable(Type options) => Properties(options)
        .ToDictionary(
            property => property.Name,
            property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether binding reads the text as intended. Binding would accept a number in place of an enumeration's
    /// name, and skip a dictionary's entry whose value is an unknown name.</summary>
    private static bool IsValue(Type type, string text) => type.IsEnum
        ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
        : TypeDescriptor.GetConverter(type).IsValid(text);

    private static string Form(Type type) =>
        type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(double) ? "a number"
        : "a whole number";

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !IsList(type);

    /// <summary>Returns the type of a dictionary's values; null when the type is not a dictionary.</summary>
    private static Type? ValuesIn(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>)
            ? type.GenericTypeArguments[1]
            : null;

    private static string Unknown(string section, string path, string name, IReadOnlyCollection<string> names)
    {
        var parent = $"{section}:{path}"[..^name.Length];
        var nearest = NearestName.Of(name, names);
        return $"{parent}{name} is not a setting"
            + (nearest is null
                ? $"; the settings are: {string.Join(", ", names.Order())}."
                : $"; did you mean {parent}{nearest}?");
    }

    /// <summary>One check of a section, with what it has found.</summary>
    private sealed class Run(string section)
    {
        public List<string> Errors { get; } = [];

        public Dictionary<string, string?> Spans { get; } = [];

        public void Check(
            string prefix, IEnumerable<KeyValuePair<string, string?>> settings, Type options, string[] others)
        {
            var known = Settable(options);
            foreach (var group in settings.Where(setting => setting.Key.Length > 0)
                .GroupBy(setting => setting.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
                .Where(group => !others.Contains(group.Key, StringComparer.OrdinalIgnoreCase)))
            {
                var path = prefix + group.Key;
                if (!known.TryGetValue(group.Key, out var type))
                {
                    Errors.Add(Unknown(section, path, group.Key, [.. known.Keys, .. others]));
                }
                else if (ValuesIn(type) is { } inner)
                {
                    RefuseValue(path, group, "named entries");
                    foreach (var named in Below(group).GroupBy(setting => setting.Key.Split(':')[0]))
                    {
                        CheckNamed($"{path}:{named.Key}", named, inner);
                    }
                }
                else if (IsSection(type))
                {
                    CheckSection(path, group, type);
                }
                else if (!IsList(type)
                    && group.FirstOrDefault(setting => setting.Key.Contains(':')) is { Key: { } part })
                {
                    Errors.Add($"{section}:{prefix}{part} is not a setting: {section}:{path} is a single value.");
                }
                else if (IsList(type))
                {
                    if (group.Any(setting => !setting.Key.Contains(':') && !string.IsNullOrEmpty(setting.Value)))
                    {
                        Errors.Add($"{section}:{path} is a list: write {section}:{path}:0.");
                    }
                }
                else if (group.First().Value is { } text)
                {
                    Read(path, type, text);
                }
            }
        }

        private void CheckNamed(string path, IEnumerable<KeyValuePair<string, string?>> settings, Type type)
        {
            if (IsSection(type))
            {
                CheckSection(path, settings, type);
            }
            else
            {
                Read(path, type, settings.First().Value ?? string.Empty);
            }
        }

        private void CheckSection(string path, IEnumerable<KeyValuePair<string, string?>> settings, Type type)
        {
            RefuseValue(path, settings, string.Join(", ", Settable(type).Keys.Order()));
            Check($"{path}:", Below(settings), type, []);
        }

        private void RefuseValue(string path, IEnumerable<KeyValuePair<string, string?>> settings, string names)
        {
            if (settings.Any(setting => !setting.Key.Contains(':') && !string.IsNullOrEmpty(setting.Value)))
            {
                Errors.Add($"{section}:{path} is a section, not a value: it contains {names}.");
            }
        }

        private void Read(string path, Type type, string text)
        {
            try
            {
                if (type == typeof(TimeSpan))
                {
                    Spans[path] = Duration.Parse(text).ToString("c");
                }
                else if (!IsValue(type, text))
                {
                    Errors.Add($"{section}:{path} must be {Form(type)}; it is '{text}'.");
                }
            }
            catch (FormatException exception)
            {
                Errors.Add($"{section}:{path}: {exception.Message}");
            }
        }
    }
}
