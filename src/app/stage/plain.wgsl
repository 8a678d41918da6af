// The cheap surface: a texture lit by sky, ground, one far light and up to two lamps, then fog.
#import bevy_pbr::forward_io::VertexOutput
#import bevy_pbr::mesh_view_bindings::view

struct Plain {
    base: vec4<f32>,
    emissive: vec4<f32>,
    // y: 1 takes no light, w: 1 glows as pictured
    manner: vec4<f32>,
    sky: vec4<f32>,
    ground: vec4<f32>,
    key_way: vec4<f32>,
    key: vec4<f32>,
    lamp_at: array<vec4<f32>, 2>,
    lamp: array<vec4<f32>, 2>,
    // rgb: colour, a: density per metre
    fog: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> plain: Plain;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var base_texture: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var base_sampler: sampler;

// `at.w` is one over the square of the lamp's reach.
fn lamp(at: vec4<f32>, strength: vec4<f32>, normal: vec3<f32>, here: vec3<f32>) -> vec3<f32> {
    let way = at.xyz - here;
    let apart = dot(way, way);
    // A soft wrap keeps the shaded side of a face readable.
    let facing = clamp(dot(normal, way) * inverseSqrt(apart) * 0.8 + 0.2, 0.0, 1.0);
    return strength.rgb * (facing / (1.0 + apart * at.w));
}

@fragment
fn fragment(in: VertexOutput, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    var picture = vec4<f32>(1.0);
#ifdef VERTEX_UVS_A
    picture = textureSample(base_texture, base_sampler, in.uv);
#endif
    let colour = plain.base * picture;
#ifdef CUTOUT
    if colour.a < 0.4 {
        discard;
    }
#endif
    let away = view.world_position.xyz - in.world_position.xyz;
    // No branch here depends on a uniform: software drivers would build the shader anew for every
    // value that they meet.
    var normal = normalize(in.world_normal);
    normal = select(-normal, normal, front);
    var light = mix(plain.ground.rgb, plain.sky.rgb, normal.y * 0.5 + 0.5);
    light += plain.key.rgb * max(dot(normal, plain.key_way.xyz), 0.0);
    light += lamp(plain.lamp_at[0], plain.lamp[0], normal, in.world_position.xyz);
    light += lamp(plain.lamp_at[1], plain.lamp[1], normal, in.world_position.xyz);
    light = mix(light, vec3<f32>(1.0), plain.manner.y);
    var shown = colour.rgb * light + plain.emissive.rgb * mix(vec3<f32>(1.0), picture.rgb, plain.manner.w);
    let clear = exp(-length(away) * plain.fog.a);
    shown = mix(plain.fog.rgb, shown, clear);
    return vec4<f32>(shown, colour.a);
}
