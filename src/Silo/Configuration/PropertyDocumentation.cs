using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace CacheOrleans.Silo.Configuration;

/// <summary>Reads the documentation of properties from the XML files beside their assemblies.</summary>
internal static class PropertyDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, ILookup<string, XElement>> Members = new();

    /// <summary>Returns the summary and the value of a property as text; empty if the file is missing.</summary>
    public static string Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        var member = Members.GetOrAdd(type.Assembly, Read)[$"P:{type.FullName!.Replace('+', '.')}.{property.Name}"]
            .FirstOrDefault();
        var text = $"{Text(member?.Element("summary"))} {Text(member?.Element("value"))}";
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static ILookup<string, XElement> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return (File.Exists(file) ? XDocument.Load(file).Descendants("member") : [])
            .ToLookup(member => (string)member.Attribute("name")!);
    }

    private static string Text(XElement? element) => string.Concat(element?.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { HasElements: false, IsEmpty: true } reference =>
            (string?)reference.Attribute("langword") ?? ((string)reference.Attribute("cref")!).Split('.')[^1],
        XElement inner => inner.Value,
        _ => "",
    }) ?? []);
}
