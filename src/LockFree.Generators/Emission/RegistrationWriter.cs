using LockFree.Generators.Models;

namespace LockFree.Generators.Emission;

/// <summary>Writes the class with the method that registers an accessors class.</summary>
internal static class RegistrationWriter
{
    private const string Collection = "global::" + WellKnownNames.ServiceCollection;
    private const string CollectionExtensions = "global::" + WellKnownNames.ServiceCollectionExtensions;
    private const string ProviderExtensions = "global::" + WellKnownNames.ServiceProviderExtensions;

    private const string MissingHub =
        "needs a ClientHub, and the services have none: add it by AddClientHub() of the package LockFree.Hosting, or by AddSingleton<ClientHub>().";

    public static void Write(IndentedWriter writer, AccessorsModel model, RegistrationModel registration, string generatedCode)
    {
        writer.Line();
        writer.Line($"/// <summary>Registers <see cref=\"{model.Name}\"/>.</summary>");
        writer.Line(generatedCode);
        writer.Line("[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute]");
        writer.Line($"{registration.Accessibility} static class {registration.ClassName}");
        writer.OpenBrace();
        string hub = $"<see cref=\"{WellKnownNames.ClientHub}\"/>";
        writer.Line($"/// <summary>Adds <see cref=\"{model.Name}\"/> as a singleton, unless it is there already. It takes the {hub} of the same collection.</summary>");
        writer.Line("/// <param name=\"services\">The service collection.</param>");
        writer.Line("/// <returns><paramref name=\"services\"/>.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentNullException\"><paramref name=\"services\"/> is null.</exception>");
        writer.Line($"public static {Collection} {registration.MethodName}(this {Collection} services)");
        writer.OpenBrace();
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(services);");
        if (registration.TakesHubOnly)
        {
            writer.Line($"{CollectionExtensions}.TryAddSingleton(services, static provider => new {model.Name}(");
            writer.Continuation($"{ProviderExtensions}.GetService<{WellKnownNames.ClientHub}>(provider)");
            writer.Continuation("?? throw new global::System.InvalidOperationException(");
            writer.Continuation($"    \"{model.Name.TrimStart('@')} {MissingHub}\")));");
        }
        else
        {
            writer.Line($"{CollectionExtensions}.TryAddSingleton<{model.Name}>(services);");
        }

        writer.Line("return services;");
        writer.CloseBrace();
        writer.CloseBrace();
    }
}
