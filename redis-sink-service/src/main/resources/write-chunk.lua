-- Writes the changes of one chunk together with the watermark they bring a partition to, or nothing at all.
--
-- KEYS: the watermark, then the entries. ARGV: the watermark expected, the one to set, then for each entry
--   S ttl value | H ttl n field value ... | D            (ttl in milliseconds, 0 for never)
-- Returns the watermark that holds afterwards. Watermarks are compared as text: a Lua number ends at 2^53.
-- Everything replaces or removes whole entries, so no command meets a wrong type; the watermark comes last, so an
-- error on the way leaves it behind and the rows come again.
local mark = redis.call('GET', KEYS[1]) or '0000000000000000000:0000000000000000000'
if mark ~= ARGV[1] then
  return mark
end
local a = 3
for k = 2, #KEYS do
  local key, op, ttl = KEYS[k], ARGV[a], ARGV[a + 1]
  if op == 'S' then
    if ttl == '0' then
      redis.call('SET', key, ARGV[a + 2])
    else
      redis.call('SET', key, ARGV[a + 2], 'PX', ttl)
    end
    a = a + 3
  elseif op == 'H' then
    local last = a + 2 + tonumber(ARGV[a + 2])
    redis.call('DEL', key)
    for from = a + 3, last, 1000 do
      redis.call('HSET', key, unpack(ARGV, from, math.min(from + 999, last)))
    end
    if ttl ~= '0' then
      redis.call('PEXPIRE', key, ttl)
    end
    a = last + 1
  else
    redis.call('DEL', key)
    a = a + 1
  end
end
redis.call('SET', KEYS[1], ARGV[2])
return ARGV[2]
