import { foldText, searchPattern } from '@akimetr/api/domain/search';

describe('foldText', () => {
  it.each([
    ['Өскемен', 'оскемен'],
    ['Ұлытау', 'улытау'],
    ['Әуезов', 'ауезов'],
    ['Ғабит', 'габит'],
    ['Қаңтар', 'кантар'],
    ['Үржар', 'уржар'],
    ['Һалық', 'халык'],
    ['Іле', 'иле'],
    ['Жёлтый Майқұдық', 'желтыи маикудык'],
    ['Café Ñ', 'cafe n'],
    ['  «Ақ   жол»  ', 'ак жол'],
    ['O’Neil\'s "x" ʼy`', 'oneils x y'],
  ])('of %s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('searchPattern', () => {
  it('matches what was typed literally', () => {
    const typed = 'а.б*в+г?д^е$ж{з}и(к)л|м[н]о\\п';
    expect(new RegExp(searchPattern(typed)!).test(typed)).toBe(true);
    expect(searchPattern('a.b')).toBe('a\\.b');
  });

  it('is nothing for nothing', () => {
    expect(searchPattern(undefined)).toBeUndefined();
    expect(searchPattern(' «» ')).toBeUndefined();
  });
});
